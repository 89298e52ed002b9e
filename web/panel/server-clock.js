// The server's time in the browser, so that a countdown is right on a machine whose clock is not.

let offset = 0;

/** `serverTime` as answered to a request sent at `sentAt` (both in the browser's time); half the way was the answer's. */
export function setServerTime(serverTime, sentAt) {
  offset = Date.parse(serverTime) - (sentAt + Date.now()) / 2;
}

/** Milliseconds since 1970, as the server counts them. */
export function serverNow() {
  return Date.now() + offset;
}
