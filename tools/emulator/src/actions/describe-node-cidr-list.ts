import { everywhere, required, type Action } from './action.js'

/** The addresses of the service's own servers, for allow lists. */
export const describeNodeCidrList: Action = {
  name: 'DescribeNodeCidrList',
  parameters: { ...everywhere, Region: required },
  run: () => ({
    IntranetIPs: { IntranetIP: ['100.104.175.0/24', '100.104.200.0/24'] },
    InternetIPs: { InternetIP: ['203.0.113.7', '203.0.113.8'] },
  }),
}
