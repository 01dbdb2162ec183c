/** How a secret may stand in what a service says: its name, and the text around the secret `hidden`. */
export const secretForms: Readonly<Record<string, (hidden: string) => string>> = {
  'JSON password': (hidden) => `{"password":"${hidden}"}`,
  'JSON refresh token': (hidden) =>
    `{"token_type": "Bearer", "refresh_token" : "${hidden}", "expires_in": 1}`,
  'JSON with single quotes': (hidden) => `{'client_secret': '${hidden}'}`,
  'JSON within JSON': (hidden) => JSON.stringify(JSON.stringify({ access_token: hidden })),
  'escaped slashes': (hidden) => `https:\\/\\/files.example\\/${hidden}?sv=2024`,
  'characters as numbers': (hidden) => `\\u0022pwd\\u0022:\\u0022${hidden}\\u0022`,
  'HTML entities': (hidden) => `&quot;password&quot;:&quot;${hidden}&quot;`,
  'https link': (hidden) => `https://files.example/a?sv=1&sig=${hidden}`,
  'ftp with a password': (hidden) => `ftp://svc:${hidden}@files.example/in`,
  'amqps with a password': (hidden) => `amqps://svc:${hidden}@bus.example:5671`,
  'user and password before a host': (hidden) => `svc:${hidden}@db.example`,
  'URL-encoded link': (hidden) => `https%3A%2F%2Fsvc%3A${hidden}%40files.example`,
  'URL-encoded form': (hidden) => `grant%3Dx%26client_secret%3D${hidden}%26scope%3Dopenid`,
  'encoded twice': (hidden) => `client_secret%253D${hidden}%2526scope`,
  AccountKey: (hidden) =>
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${hidden}==;EndpointSuffix=core.windows.net`,
  SharedAccessKey: (hidden) => `SharedAccessKeyName=Root;SharedAccessKey=${hidden}=;EntityPath=q`,
  SharedAccessSignature: (hidden) => `SharedAccessSignature sr=bus.example&sig=${hidden}%3d&se=1&skn=Root`,
  Pwd: (hidden) => `Server=db;Uid=sa;Pwd=${hidden} and, ${hidden};Database=x`,
  Password: (hidden) => `User ID=sa;Password = ${hidden};Encrypt=yes`,
  client_assertion: (hidden) => `client_assertion=${hidden}&client_id=1`,
  id_token: (hidden) => `#id_token=${hidden}&state=1`,
  code: (hidden) => `GET /api/tick?code=${hidden} HTTP/1.1`,
  'function key': (hidden) => `x-functions-key: ${hidden}`,
  'subscription key': (hidden) => `Ocp-Apim-Subscription-Key: ${hidden}`,
  'api key in JSON': (hidden) => `{"apiKey":"${hidden}"}`,
  cookie: (hidden) => `Set-Cookie: session=${hidden}; HttpOnly`,
  'Authorization of another scheme': (hidden) => `Authorization: SharedKey account:${hidden}`,
  'header of the old ticket': (hidden) => `X-AadUserTicket: ${hidden}`,
  Basic: (hidden) => `Basic ${Buffer.from(`svc:${hidden}`).toString('base64')}`,
  Bearer: (hidden) => `Authorization: Bearer ${hidden}`,
  JWT: (hidden) => `eyJhbGciOiJSUzI1NiJ9.${hidden}.${hidden}`,
  'SAS query': (hidden) => `sv=2024-11-04&se=2026-01-01&sr=b&sp=r&sig=${hidden}`,
  'opaque token of Entra': (hidden) => `0.AXoA${hidden}.AgABAAEAAAD`,
  'opaque token of Entra, newer': (hidden) => `1.AVYA${hidden}`,
  'whole query': (hidden) => `SELECT CustomerName, ${hidden} FROM AzureUsage TIMESPAN LAST_MONTH`,
  'query in small letters': (hidden) => `select CustomerName from AzureUsage where Region = '${hidden}'`,
  'query without SELECT': (hidden) => `CustomerName, ${hidden} FROM AzureUsage WHERE Region = 'EU'`,
  'condition alone': (hidden) => `WHERE CustomerName = '${hidden}' TIMESPAN LAST_6_MONTHS`,
};

/** What a form shows of the secret where nothing is taken out: the secret itself, or what stands for it. */
export function tracesOf(hidden: string): readonly string[] {
  const encoded = Buffer.from(`svc:${hidden}`).toString('base64');
  // Some characters of either are enough: a secret cut in two is as bad.
  return [hidden.slice(0, 8), hidden.slice(-8), encoded.slice(8, 20)];
}
