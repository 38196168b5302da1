import type { ConversationId } from '@sala/contracts';
import { X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useEverySecond } from '../../lib/clock.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { tellTabs } from '../../lib/desk/tabs.ts';
import { visibleName } from '../../lib/format/visible.ts';
import { languageOf } from '../../lib/i18n/languageOf.ts';
import { useIsVisible } from '../../lib/visibility.ts';
import { strong } from '../../ui/strong.tsx';
import { type Given, givenSeen, useGiven } from './given.ts';

/** How long it is told, not counting the time in which nobody could have read it, or was about to act on it. */
const TOLD_FOR_MS = 10_000;

interface Props {
  /** The conversation that is open: what happens there is seen there. */
  openId: ConversationId | null;
  open: (conversationId: ConversationId) => void;
}

/** A colleague has given the operator a conversation. One at a time, in every tab until one has seen to it. */
export function GivenToast({ openId, open }: Props) {
  const given = useGiven();
  const isVisible = useIsVisible();
  const isSeen = given !== null && isVisible && given.conversationId === openId;

  useEffect(() => {
    if (isSeen) seeTo(given);
  }, [isSeen, given]);

  return (
    <output className="contents" aria-live="polite">
      {given && !isSeen && <Toast key={given.conversationId} given={given} open={open} />}
    </output>
  );
}

function seeTo({ conversationId }: Given): void {
  givenSeen(conversationId);
  tellTabs({ type: 'noticeSeen', conversationId });
}

function Toast({ given, open }: { given: Given; open: Props['open'] }) {
  const t = useTranslations();
  const name = useOperatorName()(given.by);
  const customer = visibleName(given.customerName) ?? t('inbox.unnamed');
  const { note, conversationId } = given;
  const toast = useRef<HTMLDivElement>(null);
  const left = useRef(TOLD_FOR_MS);
  const lastAt = useRef<number | null>(null);

  const step = useCallback(
    (now: number) => {
      const passed = now - (lastAt.current ?? now);
      lastAt.current = now;
      if (document.visibilityState === 'visible' && !toast.current?.matches(':hover, :focus-within')) {
        left.current -= passed;
      }
      toast.current?.style.setProperty('--t', `${Math.max(0, (left.current / TOLD_FOR_MS) * 100)}%`);
      if (left.current <= 0) seeTo(given);
    },
    [given],
  );
  useEverySecond(step);

  const inTheirVoice = (words: ReactNode) => (
    <span lang={languageOf(note)} className="font-read">
      {words}
    </span>
  );
  return (
    <div
      ref={toast}
      data-testid="toast"
      className="roofed fixed bottom-4 left-[calc(var(--rail)+16px)] z-20 grid w-82 grid-cols-[minmax(0,1fr)_auto] overflow-clip rounded-sheet py-1.5 pr-1.5 pl-3.5 shadow-lift-2 [--focus:2px_solid_var(--roof-ink)] max-pane:inset-x-2 max-pane:top-[4.25rem] max-pane:bottom-auto max-pane:w-auto"
    >
      <p className="line-clamp-5 self-center py-[0.25em] [overflow-wrap:anywhere]">
        {note === ''
          ? t.rich('notice.given', { name, customer, b: strong })
          : t.rich('notice.givenNote', { name, customer, note, b: strong, q: inTheirVoice })}
      </p>
      <button
        type="button"
        aria-label={t('desk.close')}
        className="grid size-8 place-items-center rounded-control max-pane:size-11"
        onClick={() => seeTo(given)}
      >
        <X size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="min-h-8 justify-self-start font-firm underline underline-offset-3 max-pane:min-h-11"
        onClick={() => {
          seeTo(given);
          open(conversationId);
        }}
      >
        {t('notice.open')}
      </button>
      <span aria-hidden="true" className="absolute bottom-0 left-0 h-0.5 w-(--t) bg-roof-ink-2" />
    </div>
  );
}
