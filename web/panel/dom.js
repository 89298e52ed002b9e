// Elements from data, and as little change to the page as they need: what has focus, is open or scrolled stays so while
// the panel draws itself anew each second. Text is only ever set as text.

/** Mails come as HTML. This is the page's only way from a string to markup, and it leads into a sandboxed frame. */
const mail = globalThis.trustedTypes?.createPolicy('mail', { createHTML: (html) => html });

/** `props` are attributes; false and null leave one out; `style` is an object; `key` tells siblings apart. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name === 'key') element.dataset.key = value;
    else if (name === 'style') Object.assign(element.style, value);
    else if (name === 'srcdoc') element.srcdoc = mail ? mail.createHTML(value) : value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes the children of `parent` look like `wanted`, reusing what is there. */
export function draw(parent, ...wanted) {
  const fragment = h('div', null, ...wanted);
  morphChildren(parent, fragment);
}

function morphChildren(current, wanted) {
  const keyed = new Map();
  for (const child of current.children) if (child.dataset.key) keyed.set(child.dataset.key, child);
  let cursor = current.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = next.dataset?.key;
    const match = key ? keyed.get(key) : cursor?.dataset?.key ? undefined : cursor;
    if (!match || match.nodeName !== next.nodeName) {
      current.insertBefore(next, cursor);
      continue;
    }
    if (match === cursor) cursor = cursor.nextSibling;
    else current.insertBefore(match, cursor);
    morph(match, next);
  }
  while (cursor) {
    const gone = cursor;
    cursor = cursor.nextSibling;
    gone.remove();
  }
}

function morph(current, next) {
  if (current.nodeType === Node.TEXT_NODE) {
    if (current.data !== next.data) current.data = next.data;
    return;
  }
  for (const { name } of [...current.attributes]) {
    if (!untouched.has(name) && !next.hasAttribute(name)) current.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (!untouched.has(name) && current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
  if (current.style.cssText !== next.style.cssText) current.style.cssText = next.style.cssText;
  morphChildren(current, next);
}

/** What the reader has opened stays open; a mail never changes; styles go by the object model, as the policy wants. */
const untouched = new Set(['open', 'srcdoc', 'style']);
