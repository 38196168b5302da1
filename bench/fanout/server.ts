/* One candidate in a process of its own. Says where it listens, publishes when told, and answers what that cost it. Its memory, too. */
import { CANDIDATES, type CandidateName } from './candidates.ts';
import { eventNumber, FIRST_SEQ } from './event.ts';

const candidate = await CANDIDATES[process.argv[2] as CandidateName]();
let seq = FIRST_SEQ;
let cpu = process.cpuUsage();

process.on('message', (order: { publish: number } | 'start' | 'stop' | 'memory') => {
  if (order === 'start') cpu = process.cpuUsage();
  else if (order === 'stop') {
    const { user, system } = process.cpuUsage(cpu);
    process.send!({ cpuMicros: user + system });
  } else if (order === 'memory') process.send!(afterCollecting());
  else for (let i = 0; i < order.publish; i += 1) candidate.publish(eventNumber(seq++));
});
/** What is in use once nothing is left to collect (node --expose-gc). */
function afterCollecting(): { rss: number; heap: number } {
  for (let again = 0; again < 3; again += 1) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

process.on('disconnect', () => process.exit(0));
const { publish: _, ...where } = candidate;
process.send!(where);
