// `muster import` into a running Muster: every kind of list, rows that are wrong, the same file again, and maps.
import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importCommand } from '../../cli/import.ts';
import { type Started, start } from '../../cli/start.ts';
import { accountIdOfCrm, leadIdOfEmail } from '../../lib/domain/ids.ts';
import { silent } from '../simulation/world.ts';
import { temporaryFolder } from './run.ts';

const { path, file } = temporaryFolder();
let running: Started;
beforeAll(async () => {
  running = await start({ data: path('state'), port: 0, log: silent });
}, 30_000);
afterAll(() => running.stop());

/** What it prints on either stream, and the code it ends with. */
const run = async (...args: string[]): Promise<{ printed: string; code: number; error?: string }> => {
  let printed = '';
  const print = (text: unknown): void => {
    printed += `${text}\n`;
  };
  const spies = (['log', 'error'] as const).map((stream) => vi.spyOn(console, stream).mockImplementation(print));
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await importCommand().parseAsync(args, { from: 'user' });
    return { printed, code: Number(process.exitCode) };
  } catch (error) {
    return { printed, code: 1, error: (error as Error).message };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
};
const where = (): string[] => ['--url', running.apiUrl, '--token', running.decisionToken];
const imports = (what: string, csv: string, ...more: string[]) => run(what, csv, ...where(), ...more);

const settled = async (): Promise<void> => {
  const { queues } = running.muster.embedded;
  await vi.waitFor(() => {
    for (const name of ['prompt', 'assess', 'route'] as const)
      expect(queues.depth(name)).toEqual({ waiting: 0, dead: 0 });
  }, 20_000);
};
const read = async (address: string): Promise<unknown> => {
  const headers = { authorization: `Bearer ${running.readToken}` };
  return (await fetch(`${running.apiUrl}${address}`, { headers })).json();
};
const account = (id: string) =>
  vi.waitFor(async () => {
    const found = await read(`/api/accounts/${accountIdOfCrm('crm', id)}`);
    expect(found).toHaveProperty('account');
    return found;
  }, 10_000);
/** Everything that stands in the table but when each line was received. */
const everything = (): string[] => {
  const rows = running.muster.embedded.database.prepare('SELECT pk, sk, version FROM items ORDER BY pk, sk').all();
  return rows.map((row) => JSON.stringify(row));
};

describe('each kind of list', { timeout: 60_000 }, () => {
  it('is taken in, and judged', async () => {
    const lists = {
      accounts:
        'id,Name,Domains,Country,Employees,Revenue,Owner E-Mail\n1,Acme Ltd,acme.example; acme.test,GB,850,"1,500,000.50",ada@demo.example\n2,Beta,beta.example,DE,,,\n',
      leads:
        "id,email,First Name,last_name,jobTitle,phone,accountId,stage\n7,bea@acme.example,Bea,Buyer,Head of Procurement,'+442071234567,1,\n,zoe@beta.example,Zoe,,CFO,,,nurture\n",
      opportunities:
        'id,accountId,primaryContactEmail,state,stage,type,renewal,changedAt\n9,2,zoe@beta.example,open,Proposal,New,no,2026-01-02\n',
      contracts: 'id,accountId,startsAt,endsAt\n5,1,2020-01-01,2099-12-31\n',
      touches:
        'email,kind,occurredAt,title,campaign,company\nbea@acme.example,Trade Show,2026-03-04,Expo,spring,Acme\nbea@acme.example,call,2026-03-05T10:00:00+01:00,,,\n',
    };
    for (const [what, csv] of Object.entries(lists)) {
      const { printed, code } = await imports(what, file(`${what}.csv`, csv));
      expect([code, printed]).toEqual([0, expect.stringMatching(/: \d rows? taken in, 0 refused, in [\d.]+ s\n$/)]);
    }
    await settled();

    expect(await account('1')).toMatchObject({ account: { name: 'Acme Ltd', status: 'Customer' } });
    expect(await account('2')).toMatchObject({ account: { name: 'Beta', status: 'Opportunity Open' } });
    const bea = JSON.stringify(await read(`/api/leads/${leadIdOfEmail('bea@acme.example')}`));
    expect(bea).toContain(accountIdOfCrm('crm', '1'));
    const { database } = running.muster.embedded;
    const trail = database.prepare("SELECT count(*) AS n FROM items WHERE type = 'trail'").get();
    expect(Number(trail?.n)).toBeGreaterThan(0);
  });

  it('leaves nothing to do when it comes again', async () => {
    await settled();
    const before = everything();
    for (const what of ['accounts', 'leads', 'opportunities', 'contracts', 'touches']) {
      expect((await imports(what, path(`${what}.csv`))).code).toBe(0);
    }
    await settled();

    expect(everything()).toEqual(before);
  });

  it('starts whom nobody has heard of as Pre-Qualified', async () => {
    const csv = file('new.csv', 'email,company\nnew@gamma.example,Gamma\n');
    expect((await imports('leads', csv)).code).toBe(0);
    await settled();

    const accounts = JSON.stringify(await read(`/api/leads/${leadIdOfEmail('new@gamma.example')}`));
    const accountId = /acct_[0-9a-f]{16}/.exec(accounts)?.[0];
    expect(await read(`/api/accounts/${accountId}`)).toMatchObject({
      account: { status: 'Pre-Qualified' },
      leads: [{ status: 'Pre-Qualified' }],
    });
  });
});

describe('rows that are wrong', { timeout: 30_000 }, () => {
  const bad =
    'id,name,employees,domain\n1,Acme Ltd,850,acme.example\n,Nameless,,\n3,Gamma,lots,\n4\n"5","two\nlines",=1+1,\n6,Zeta,7,\n';

  it('stand in a file beside it with line and reason, the others are in, and the command ends with 2', async () => {
    const csv = file('bad.csv', bad);
    const { printed, code } = await imports('accounts', csv);

    expect(code).toBe(2);
    expect(printed).toMatch(
      /^6 rows of accounts: 2 rows taken in, 4 refused, in [\d.]+ s\n.*bad\.refused\.csv has what/,
    );
    expect(readFileSync(path('bad.refused.csv'), 'utf8').split('\r\n')).toEqual([
      'id,name,employees,domain,_line,_reason',
      ',Nameless,,,3,id is empty',
      '3,Gamma,lots,,4,employees is not a number of people',
      '4,,,,5,has 1 columns where the first line has 4',
      "5,two lines,'=1+1,,7,employees is not a number of people",
      '',
    ]);
  });

  it('keep the cells that no column is of', async () => {
    const csv = file('wide.csv', 'id,name\n1,Acme, Inc,850\n');
    expect((await imports('accounts', csv)).code).toBe(2);

    expect(readFileSync(path('wide.refused.csv'), 'utf8').split('\r\n')).toEqual([
      'id,name,_line,_reason',
      '1,Acme,2,has 4 columns where the first line has 2," Inc",850',
      '',
    ]);
  });

  it('go on standing there when the rest of the file is taken in by --from-line', async () => {
    const csv = file('parts.csv', 'id\n""\n1\n""\n');
    file('parts.refused.csv', 'id,_line,_reason\r\n,2,id is empty\r\n');

    expect((await imports('accounts', csv, '--from-line', '3')).code).toBe(2);

    const refused = readFileSync(path('parts.refused.csv'), 'utf8').split('\r\n');
    expect(refused).toEqual(['id,_line,_reason', ',2,id is empty', ',4,id is empty', '']);
  });

  it('can be put right there and imported; the file is gone when nothing is refused', async () => {
    const refused = readFileSync(path('bad.refused.csv'), 'utf8');
    const mended = file(
      'mended.csv',
      refused
        .replace('lots', '500')
        .split('\r\n')
        .filter((_, at) => at !== 1 && at !== 3 && at !== 4)
        .join('\n'),
    );
    const { printed, code } = await imports('accounts', mended);
    expect([code, printed]).toEqual([0, expect.stringContaining('1 row taken in, 0 refused')]);

    file('bad.csv', 'id\n1\n');
    expect((await imports('accounts', path('bad.csv'))).code).toBe(0);
    expect(existsSync(path('bad.refused.csv'))).toBe(false);
  });

  it.each([
    ['2026-11-03', undefined],
    ['2026-11-03T09:30:00Z', undefined],
    ['2026-11-03 09:30+01:00', undefined],
    ['2026-11-03T09:30', 'has a time but no zone'],
    ['2026-02-30', 'is a day or time that there is not'],
    ['03/11/2026', 'is not a date such as'],
    ['yesterday', 'is not a date such as'],
    ['2999-01-01', 'lies ahead'],
    ['', 'is empty'],
  ])('a touch of %j: %s', async (typed, reason) => {
    const { printed, code } = await run(
      'touches',
      file('when.csv', `email,kind,occurredAt\na@b.example,call,${typed}\n`),
      '--dry-run',
    );
    expect(code).toBe(reason === undefined ? 0 : 2);
    if (reason !== undefined) expect(printed).toContain(`when.csv:2: occurredAt ${reason}`);
  });
});

describe('what is typed wrongly', () => {
  const csv = () => file('typed.csv', 'id\n1\n2\n');
  const refusals = async (...args: string[]): Promise<string> => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const printed = vi.spyOn(console, 'log').mockReturnValue(undefined);
    try {
      const command = importCommand().exitOverride();
      await command.parseAsync(['accounts', csv(), '--dry-run', ...args], { from: 'user' });
      return 'taken';
    } catch (error) {
      return (error as Error).message;
    } finally {
      told.mockRestore();
      printed.mockRestore();
    }
  };

  it.each(['0x2', '2.0', '1e1', ' 2', '', '0', '-1', '99999999999999999999'])('no line is %j', async (typed) => {
    expect(await refusals('--from-line', typed)).toContain('a line is a number from 1');
  });

  it.each([
    ['3', { code: 0 }],
    ['4', { code: 1, error: expect.stringContaining('typed.csv: there is no line 4; its last row ends on line 3') }],
  ])('a file of 3 lines from line %s', async (line, outcome) => {
    expect(await run('accounts', csv(), '--dry-run', '--from-line', line)).toMatchObject(outcome);
  });

  it.each(['2999-01-01', '2999-01-01T00:00:00Z', '2999-01-01T00:00+14:00'])('nothing is so as of %s', async (typed) => {
    expect(await refusals('--as-of', typed)).toContain('lies ahead');
  });

  it('today may be typed as a day, though its end lies ahead, and tomorrow not', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T12:00:00Z') });
    try {
      expect(await refusals('--as-of', '2026-11-22')).toBe('taken');
      expect(await refusals('--as-of', '2026-11-23')).toContain('lies ahead');
      expect(await refusals('--as-of', '2026-11-22T12:00:01Z')).toContain('lies ahead');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a dry run', { timeout: 30_000 }, () => {
  it('sends and writes nothing, and says what is wrong', async () => {
    const csv = file('dry.csv', 'email,note\nnobody,x\ndry@run.example,y\n');
    const before = everything();
    const { printed, code } = await run('leads', csv, '--dry-run');

    expect(code).toBe(2);
    expect(printed).toMatch(
      /dry\.csv:1: not read: note\n.*dry\.csv:2: email is not an e-mail address\n2 rows of leads: 1 row would be taken in, 1 refused/,
    );
    expect(existsSync(path('dry.refused.csv'))).toBe(false);
    expect(everything()).toEqual(before);
  });

  it('is what is left to those who name no Muster', async () => {
    expect(await run('leads', path('dry.csv'))).toMatchObject({ code: 1, error: expect.stringContaining('--dry-run') });
  });
});

describe('a map', { timeout: 30_000 }, () => {
  const csv = () => file('show.csv', 'E-mail address,Day\nmay@acme.example,04.03.2026\n');

  it('names columns, constants and how dates are written', async () => {
    const map = file(
      'show.yaml',
      'columns: { email: E-mail address, occurredAt: Day }\nconstants: { kind: trade-show, title: Expo }\ndates: { format: dd.MM.yyyy, zone: Europe/Berlin }\n',
    );
    expect(await imports('touches', csv(), '--map', map)).toMatchObject({ code: 0 });
    await settled();
    const rows = running.muster.embedded.database.prepare(
      "SELECT sk FROM items WHERE pk LIKE '%' || ? AND type = 'trail'",
    );
    expect(JSON.stringify(rows.all(leadIdOfEmail('may@acme.example')))).toContain('2026-03-03');
  });

  it.each([
    ['columns: { mail: Day }', 'map.yaml:1:12 columns.mail: there is no such column; did you mean email?'],
    [
      'columns: { email: E-mail adress }',
      'columns.email: the file has no column E-mail adress; did you mean E-mail address?',
    ],
    ['constants:\n  kind: seminar', 'map.yaml:2:9 constants.kind: is none of webinar, trade-show, call, form'],
    ['dates: { zone: Berlin }', 'dates.zone: is no time zone such as Europe/Berlin'],
    ['dates: { format: HH:mm }', 'dates.format: has no year, month or day'],
    ['column: {}', 'column'],
    ['columns: [', 'map.yaml:1'],
  ])('that is wrong is named by its place: %s', async (yaml, message) => {
    const { error, code } = await run('touches', csv(), '--map', file('map.yaml', yaml), '--dry-run');
    expect([code, error]).toEqual([1, expect.stringContaining(message)]);
  });
});

describe('a file that cannot be taken in', { timeout: 30_000 }, () => {
  it.each([
    ['leads', 'name\nBea\n', ':1: the column email or id is missing; there are: name'],
    ['leads', 'mail,name\nx,Bea\n', 'is it mail? Then say so in a map'],
    ['leads', 'email,E-Mail\nx,y\n', 'email and E-Mail are both the column email; keep one'],
    ['leads', '', 'is empty; its first line names the columns'],
    ['leads', 'email\n"never closed\n', ':2: '],
  ])('%s %j', async (what, text, message) => {
    expect(await run(what, file('wrong.csv', text), '--dry-run')).toMatchObject({
      ...{ code: 1, error: expect.stringContaining(message) },
    });
  });

  it('names a file that is not there, and a connection that is not', async () => {
    expect((await imports('leads', path('none.csv'))).error).toContain('there is no such file');
    const csv = file('one.csv', 'email\na@b.example\n');
    expect((await imports('leads', csv, '--connection', 'hubspot')).error).toContain(
      'connection is none of the tenant’s',
    );
    expect((await run('leads', csv, '--url', running.apiUrl, '--token', running.readToken)).error).toContain('401');
  });
});

describe('a Muster that is busy or goes away', { timeout: 60_000 }, () => {
  it('is asked again, and where it stays away the line to go on from is told', async () => {
    const csv = file('long.csv', `email\n${Array.from({ length: 1_000 }, (_, n) => `p${n}@long.example\n`).join('')}`);
    let answered = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        answered += 1;
        // The first is told to come again; of the second four batches none is taken.
        response.statusCode = answered === 1 ? 503 : answered <= 5 ? 202 : 400;
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const { error } = await run('leads', csv, '--url', url, '--token', 't');
      expect(error).toMatch(/answered 400[\s\S]*is taken in up to line 401\..*--from-line 402 goes on from there/);
      expect(answered).toBeGreaterThanOrEqual(6);
    } finally {
      server.close();
    }
  });

  it('goes on from a line', async () => {
    const { printed } = await run('leads', path('long.csv'), '--dry-run', '--from-line', '402');
    expect(printed).toContain('600 rows of leads: 600 rows would be taken in');
  });
});

it('takes what has no time for so when the file was written', async () => {
  const csv = file('old.csv', 'id,name\n77,Old Name\n');
  utimesSync(csv, new Date('2020-01-01'), new Date('2020-01-01'));
  await imports('accounts', file('newer.csv', 'id,name,changedAt\n77,New Name,2021-01-01\n'));
  await imports('accounts', csv);
  await settled();

  expect(await account('77')).toMatchObject({ account: { name: 'New Name' } });
}, 30_000);
