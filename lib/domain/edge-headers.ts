// What CloudFront and the functions behind it say to each other, by one name on either side.

/** What CloudFront sends along; infra/edge.ts sets them, over whatever a visitor sent under these names. */
export const edgeHeaders = {
  secret: 'x-muster-edge',
  /** The visitor's address. */
  viewer: 'x-muster-viewer',
  /** The host the visitor asked, over which webhooks are signed. */
  host: 'x-muster-host',
} as const;
