/** Security Token Service, as documented. */

export const STS = { product: 'Sts', version: '2015-04-01' } as const;

/** Source: STS endpoints page: sts.aliyuncs.com serves the China site, regional hosts stand beside it. */
export const STS_ENDPOINTS = {
  china: 'https://sts.aliyuncs.com',
  international: 'https://sts.ap-southeast-1.aliyuncs.com',
} as const;
