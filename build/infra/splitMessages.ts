const END_OF_HEADERS = Buffer.from('\r\n\r\n');

/** Cuts a stream into the messages that its `Content-Length` headers announce, however the bytes arrive. */
export function splitMessages(tell: (text: string) => void): (bytes: Buffer) => void {
  let kept: Buffer = Buffer.alloc(0);
  return (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    for (let message = firstOf(kept); message !== null; message = firstOf(kept)) {
      kept = kept.subarray(message.endsAt);
      tell(message.text);
    }
  };
}

function firstOf(bytes: Buffer): { readonly text: string; readonly endsAt: number } | null {
  const at = bytes.indexOf(END_OF_HEADERS);
  const length = Number(/Content-Length: *(\d+)/i.exec(bytes.subarray(0, Math.max(at, 0)).toString())?.[1]);
  const beginsAt = at + END_OF_HEADERS.length;
  const endsAt = beginsAt + length;
  return at === -1 || !(endsAt <= bytes.length)
    ? null
    : { text: bytes.subarray(beginsAt, endsAt).toString('utf8'), endsAt };
}
