// Moments as the reader's own clock shows them.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `Fri, 20 Nov 2026, 10:02:00 CET`. A formatter costs more to make than a thousand uses of it. */
export const localTime = (moment: string, timeZone: string): string => {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit' } as const;
    const precise = { minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const;
    formatter = new Intl.DateTimeFormat('en-GB', { timeZone, ...options, ...precise });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(Date.parse(moment));
};
