/* One candidate in a process of its own. Says where it listens, publishes when told, and answers what that cost it. */
import { CANDIDATES, type CandidateName } from './candidates.ts';
import { eventNumber, FIRST_SEQ } from './event.ts';

const candidate = await CANDIDATES[process.argv[2] as CandidateName]();
let seq = FIRST_SEQ;
let cpu = process.cpuUsage();

process.on('message', (order: { publish: number } | 'start' | 'stop') => {
  if (order === 'start') cpu = process.cpuUsage();
  else if (order === 'stop') {
    const { user, system } = process.cpuUsage(cpu);
    process.send!({ cpuMicros: user + system });
  } else for (let i = 0; i < order.publish; i += 1) candidate.publish(eventNumber(seq++));
});
process.on('disconnect', () => process.exit(0));
const { publish: _, ...where } = candidate;
process.send!(where);
