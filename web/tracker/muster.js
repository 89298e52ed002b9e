// Tells Muster what a visitor reads, over Segment's HTTP API, without a cookie. Needs /config.js before it; then
// muster.page(), muster.track(event, properties), muster.identify(userId, traits).
(() => {
  const { apiUrl, writeKey } = window.muster;
  // Asked not to track: nothing outlives the page, neither the visitor's id nor what could not be sent.
  const unkept = navigator.globalPrivacyControl === true || navigator.doNotTrack === '1';
  const mine = `muster.unsent.${uuid()}`;
  let visitor = uuid();
  let unsent = [];
  let failures = 0;
  let reached = false;
  let sending = false;
  let timer;
  let shownAt;

  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith('muster.'))) {
      const value = localStorage[key];
      localStorage.removeItem(key);
      if (unkept) continue;
      if (key === 'muster.visitor') visitor = value;
      // Left over by an earlier page: sent again under the same ids, so that nothing counts twice.
      else if (key.startsWith('muster.unsent.')) unsent.push(...JSON.parse(value));
    }
  } catch {
    // No storage, or not ours to use: the page does without.
  }
  keep('muster.visitor', visitor);
  let mailedTo = takeMailedTo();

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    // Plain http beyond loopback has no randomUUID.
    const hex = (x) => (x ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (x / 4)))).toString(16);
    return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, hex);
  }

  /** Whose lead a mail's link names, which led here: taken out of the address before anybody keeps or passes it on. */
  function takeMailedTo() {
    const there = new URL(location.href);
    const parts = there.search.slice(1).split('&');
    const left = parts.filter((part) => !part.startsWith('muster_lead='));
    if (left.length === parts.length) return;
    // Not by way of URLSearchParams, which would write the others anew.
    there.search = left.join('&');
    history.replaceState(history.state, '', there);
    return /(?:^|&)muster_lead=(lead_[0-9a-f]{16})(?:&|$)/.exec(parts.join('&'))?.[1];
  }

  /** Programs that look through mails open their links too, so only a person's hand says that somebody reads here. Not `scroll`,
   * which an address with a hash brings about by itself. */
  function tellMailedTo({ isTrusted }) {
    if (!isTrusted || !mailedTo || unkept) return;
    identify({ muster_lead: mailedTo });
    mailedTo = '';
  }

  function keep(key, value) {
    if (unkept) return;
    try {
      if (value) localStorage[key] = value;
      else localStorage.removeItem(key);
    } catch {
      // Full or forbidden: memory has it.
    }
  }

  function remember(hits) {
    keep(mine, hits.length && JSON.stringify(hits));
  }

  function here() {
    return {
      url: location.href.split('#')[0].slice(0, 2000),
      path: location.pathname.slice(0, 2000),
      title: document.title.slice(0, 500),
      referrer: document.referrer.slice(0, 2000),
    };
  }

  function add(type, fields) {
    const campaign = {};
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (name.startsWith('utm_')) campaign[name === 'utm_campaign' ? 'name' : name.slice(4)] = value;
    }
    const hit = {
      type,
      messageId: uuid(),
      anonymousId: visitor,
      timestamp: new Date().toISOString(),
      context: { page: here(), campaign, locale: navigator.language, library: { name: 'muster.js', version: '1' } },
      ...fields,
    };
    if (bytes(hit) > 30000) return;
    unsent = [...unsent, hit].slice(-200);
    timer ??= setTimeout(send, 1000);
  }

  function bytes(value) {
    return new Blob([JSON.stringify(value)]).size;
  }

  /** `leaving`: nobody will be here to read the answer, so a server that answered this page before is trusted with the
   * hits; with any other they also stay for the visitor's next page. */
  async function send(leaving) {
    clearTimeout(timer);
    timer = undefined;
    if ((sending && !leaving) || !unsent.length) return;
    sending = true;
    // The API takes 64 KB a request, and so does a browser whose page goes away.
    let hits = unsent.slice(0, 50);
    while (bytes(hits) > 60000) hits = hits.slice(0, -1);
    const others = unsent.filter((hit) => !hits.includes(hit));
    if (leaving) remember(reached ? others : unsent);
    let status = 0;
    try {
      const response = await fetch(`${apiUrl}/v1/batch`, {
        method: 'POST',
        keepalive: true,
        // Not JSON by name, so that the browser need not ask the API's leave first.
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify({ batch: hits, writeKey, sentAt: new Date().toISOString() }),
      });
      status = response.status;
    } catch {
      // Not reached: the same hits go again.
    }
    sending = false;
    reached = status >= 200 && status < 300;
    const again = !reached && (status < 400 || status >= 500 || status === 408 || status === 429);
    if (!again) unsent = unsent.filter((hit) => !hits.includes(hit));
    failures = again ? failures + 1 : 0;
    remember(unsent);
    if (unsent.length)
      timer ??= setTimeout(send, failures && Math.min(60000, 500 * 2 ** failures * (1 + Math.random())));
  }

  function leave() {
    if (shownAt === undefined) return;
    const seconds = Math.round((performance.now() - shownAt) / 100) / 10;
    shownAt = undefined;
    track('Page Left', { dwell_seconds: seconds });
    send(true);
  }

  function show() {
    if (document.visibilityState === 'visible') shownAt ??= performance.now();
  }

  /** Forms tell the same story as the hits: who (unless asked not to track), where, and one id per page shown. */
  function fillForms() {
    const { url, title } = here();
    const values = { _visitor: unkept ? '' : visitor, _url: url, _title: title, _submission: uuid() };
    for (const [name, value] of Object.entries(values)) {
      for (const field of document.getElementsByName(name)) {
        field.value = value;
        field.disabled = !value;
      }
    }
  }

  /** A site that draws its pages itself calls it for each: its forms were not there when this ran. */
  const page = (properties) => {
    fillForms();
    add('page', { name: document.title, properties: { ...here(), ...properties } });
  };
  const track = (event, properties = {}) => add('track', { event, properties: { ...here(), ...properties } });
  const identify = (userId, traits) =>
    add('identify', typeof userId === 'string' ? { userId, traits } : { traits: userId });
  Object.assign(window.muster, { page, track, identify });

  addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? leave() : show()), true);
  addEventListener('pagehide', leave);
  addEventListener('online', () => send());
  addEventListener('pageshow', (event) => {
    fillForms();
    if (event.persisted) begin();
  });

  for (const sign of ['pointerdown', 'keydown', 'touchstart', 'wheel']) {
    addEventListener(sign, tellMailedTo, { capture: true, passive: true });
  }

  fillForms();
  function begin() {
    show();
    page();
  }
  // A page fetched ahead has not been read by anyone.
  if (document.prerendering) document.addEventListener('prerenderingchange', begin, { once: true });
  else begin();
})();
