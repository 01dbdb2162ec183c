/**
 * The regions of Azure's public, US Government and China clouds as alerts compare them. It is there to warn of a name that
 * no alert says; one that Azure adds later is warned about and works all the same. Source: "List of Azure regions".
 */
const REGIONS: ReadonlySet<string> = new Set(
  `australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth
  brazilsoutheast brazilus canadacentral canadaeast centralindia centralus centraluseuap chilecentral denmarkeast eastasia
  eastus eastus2 eastus2euap eastus3 finlandcentral francecentral francesouth germanynorth germanywestcentral
  greececentral indiasouthcentral indonesiacentral israelcentral israelnorthwest italynorth japaneast japanwest
  jioindiacentral jioindiawest koreacentral koreasouth malaysiasouth malaysiawest mexicocentral newzealandnorth
  northcentralus northeastus5 northeurope norwayeast norwaywest polandcentral qatarcentral saudiarabiaeast
  southafricanorth southafricawest southcentralus southcentralus2 southeastasia southeastus southeastus3 southeastus5
  southindia southwestus spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest taiwannorth
  taiwannorthwest uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3
  usdodcentral usdodeast usgovarizona usgovtexas usgovvirginia usgoviowa
  chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3`.split(/\s+/),
);

/** `East US`, `east-us` and `eastus` are one region. Pure. */
export function regionKey(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** True for the words by which Service Health says that no region is spared. Takes a key. Pure. */
export function isEverywhere(key: string): boolean {
  return key === 'global' || key === 'nonregional';
}

/** True where Azure is known to have this region. Takes a key. Pure. */
export function isKnownRegion(key: string): boolean {
  return isEverywhere(key) || REGIONS.has(key);
}
