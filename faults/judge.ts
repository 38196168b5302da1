import type { Account, Finding } from './account.ts';
import { judgeActs } from './judgeActs.ts';
import { judgeLog } from './judgeLog.ts';
import { judgePhone } from './judgePhone.ts';
import { judgeViews } from './judgeViews.ts';
import { outcomeOf } from './ledger.ts';

/**
 * Compares the accounts: driver = database = phone = every subscriber. An empty answer means that nothing was lost,
 * doubled, disordered or left unresolved. Pure: what it says depends on the accounts alone.
 */
export function judge(account: Account): Finding[] {
  return [
    ...unresolved(account),
    ...judgeLog(account),
    ...judgeActs(account),
    ...judgePhone(account),
    ...judgeViews(account),
  ];
}

function unresolved({ ledger }: Account): Finding[] {
  return ledger.stimuli
    .filter((one) => outcomeOf(one) === 'unresolved')
    .map((one) => ({
      kind: 'unresolved',
      what: `${one.kind} ${'text' in one ? one.text : one.conversationId}: ${JSON.stringify(one.tries.slice(-3))}`,
    }));
}
