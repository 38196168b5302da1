import { useTranslations } from 'use-intl';
import { useMe } from '../../../lib/desk/me.ts';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { dayAndClock } from '../../../lib/format/time.ts';
import { useLanguage } from '../../../lib/i18n/Language.tsx';
import { useProblemWords } from '../../../lib/problemWords.ts';
import type { Act } from '../../../lib/desk/useAct.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { strongInk } from '../../../ui/strong.tsx';
import type { Writing } from './writing.ts';

interface Props {
  writing: Exclude<Writing, { type: 'open' }>;
  claim: Act<unknown, unknown>;
  onClaim: (() => void) | null;
}

/** In the composer's place when writing is impossible: always a sentence, and the way out where there is one. */
export function WriteBlocked({ writing, claim, onClaim }: Props) {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const nameOf = useOperatorName();
  const sentence = useSentence();

  return (
    <div className="mr-5 mb-4 ml-(--gutter) flex min-h-14 shrink-0 items-center gap-3 rounded-sheet bg-shade-1 py-3 pr-3 pl-4 inset-ring inset-ring-line-2 max-pane:mx-2 max-pane:mb-2">
      {writing.type === 'others' && (
        <Avatar id={writing.operatorId} name={nameOf(writing.operatorId)} of="operator" size="sm" />
      )}
      <div className="min-w-0 flex-1">
        <p className="text-ink-2">{sentence(writing)}</p>
        {claim.problem && (
          <p role="alert" className="text-small text-laterite-ink">
            {wordsFor(claim.problem)}
          </p>
        )}
      </div>
      {(onClaim ?? claim.busy) && (
        <Button look="go" onClick={onClaim} keyCap={claim.busy ? undefined : 'C'}>
          {claim.busy ? t('acts.claiming') : t('acts.claim')}
        </Button>
      )}
    </div>
  );
}

function useSentence() {
  const t = useTranslations('composer');
  const me = useMe();
  const nameOf = useOperatorName();
  const { locale } = useLanguage();
  const b = strongInk;

  return (writing: Props['writing']) => {
    switch (writing.type) {
      case 'unclaimed':
        return t.rich('unclaimed', { b });
      case 'bot':
        return t.rich('botHas', { b });
      case 'others':
        return t.rich('others', { name: nameOf(writing.operatorId), b });
      case 'blocked':
        return t.rich('blocked', { b });
      case 'closed': {
        const at = dayAndClock(writing.at, locale);
        if (writing.by.type !== 'OPERATOR') return t.rich('closedElse', { t: at, b });
        if (writing.by.operatorId === me.operatorId) return t.rich('closedYou', { t: at, b });
        return t.rich('closed', { name: nameOf(writing.by.operatorId), t: at, b });
      }
    }
  };
}
