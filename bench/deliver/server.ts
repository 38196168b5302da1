/* One candidate in a process of its own: argv is its name and its database. Says where it listens, and what its CPU was. */
import { CANDIDATES, type CandidateName } from './candidates.ts';

const where = await CANDIDATES[process.argv[2] as CandidateName](process.argv[3]!);
let cpu = process.cpuUsage();

process.on('message', (order: 'start' | 'stop') => {
  if (order === 'start') cpu = process.cpuUsage();
  else {
    const { user, system } = process.cpuUsage(cpu);
    process.send!({ cpuMicros: user + system });
  }
});
process.on('disconnect', () => process.exit(0));
process.send!(where);
