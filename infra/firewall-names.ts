// What the firewall's stack is called and puts out, for who deploys it: nothing of the CDK is loaded with them.
export const firewallStackOf = (tenant: string): string => `muster-${tenant}-edge`;
/** The output of the firewall's stack, and the parameter of the tenant's that takes it. */
export const firewallOutput = 'FirewallArn';
/** Where CloudFront takes firewalls from, wherever the tenant is. */
export const firewallRegion = 'us-east-1';
