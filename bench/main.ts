/*
 * npm run bench -- fanout    one event to 200 and 1,000 listeners of a room
 * npm run bench -- append    room.send against a hand-written append, on one PostgreSQL
 * npm run bench -- webhook   signed webhooks at an even pace, until the 200
 * npm run bench -- deliver   a signed webhook in, its frame at 100 operators' sockets
 * npm run bench -- sockets   what 1,000 idle sockets cost in memory
 * npm run bench -- storm     1,000 sockets are cut at once
 * Each prints a table and one line of JSON. All candidates take turns in one run; figures are medians of the rounds.
 */
const benches: Record<string, () => Promise<{ bench: () => Promise<void> }>> = {
  fanout: () => import('./fanout/fanout.ts'),
  append: () => import('./append/append.ts'),
  webhook: () => import('./webhook/webhook.ts'),
  deliver: () => import('./deliver/deliver.ts'),
  sockets: () => import('./sockets/sockets.ts'),
  storm: () => import('./storm/storm.ts'),
};

const name = process.argv[2] ?? '';
const chosen = benches[name];
if (!chosen) {
  process.stderr.write(`Say which: ${Object.keys(benches).join(', ')}\n`);
  process.exit(1);
}
await (await chosen()).bench();
process.exit(0);
