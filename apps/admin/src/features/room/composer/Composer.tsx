import { MAX_TEXT_LENGTH, type RoomView } from '@sala/contracts';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { isComposing } from '../../../lib/composing.ts';
import { useCustomerName } from '../../../lib/desk/customerName.ts';
import { keepDraft, useDraft } from '../../../lib/desk/drafts.ts';
import { useMe } from '../../../lib/desk/me.ts';
import { useTellTyping } from '../../../lib/desk/typing.ts';
import { fetchTypeFor } from '../../../lib/i18n/japaneseType.ts';
import { languageOf } from '../../../lib/i18n/languageOf.ts';
import { MOD, useKeys } from '../../../lib/keys.ts';
import { MAX_UNSENT } from '../../../lib/outbox/outbox.ts';
import { Button } from '../../../ui/Button.tsx';
import { ComposerNote } from './ComposerNote.tsx';
import { grow } from './grow.ts';
import { enterMeans } from './sendKey.ts';
import { useSend } from './useSend.ts';

interface Props {
  room: RoomView;
  /** Whether the room is followed live. */
  isLive: boolean;
  /** It has just become possible to write, after a claim for example: the hand is already here. */
  takesFocus: boolean;
}

export function Composer({ room, isLive, takesFocus }: Props) {
  const t = useTranslations();
  const { sendKey } = useMe().settings;
  const { conversationId } = room;
  const box = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(conversationId);
  const tellTyping = useTellTyping(conversationId, draft);
  const { run, isFull, forget } = useSend(room);
  const name = useCustomerName()(room.head.customer);
  const sendKeys = sendKey === 'enter' ? '⏎' : `${MOD} ⏎`;

  useLayoutEffect(() => grow(box.current));
  useKeys({ KeyR: () => box.current?.focus(), Enter: () => box.current?.focus() });
  useEffect(() => {
    if (takesFocus && matchMedia('(pointer: fine)').matches) box.current?.focus();
  }, [takesFocus]);

  const write = (text: string) => {
    fetchTypeFor(text);
    keepDraft(conversationId, text);
    tellTyping(text !== '');
    forget();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape' && !isComposing(event.nativeEvent)) {
      event.currentTarget.blur();
      return;
    }
    const meant = enterMeans(event.nativeEvent, sendKey);
    if (meant === 'send') {
      event.preventDefault();
      if (!event.repeat) run?.();
    } else if (meant === 'newLine' && !event.shiftKey && (event.metaKey || event.ctrlKey)) {
      // Browsers make no line of their own for this one.
      event.preventDefault();
      event.currentTarget.setRangeText(
        '\n',
        event.currentTarget.selectionStart,
        event.currentTarget.selectionEnd,
        'end',
      );
      write(event.currentTarget.value);
    }
  };

  return (
    <div className="relative mr-5 mb-4 ml-(--gutter) shrink-0 rounded-sheet bg-floor inset-ring inset-ring-line-2 focus-within:inset-ring-line-control max-pane:mx-2 max-pane:mb-2">
      <textarea
        ref={box}
        data-composer
        rows={1}
        value={draft}
        dir="auto"
        lang={languageOf(draft)}
        aria-label={t('composer.label', { name })}
        placeholder={t('composer.placeholder', { name })}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
        onBlur={() => tellTyping(false)}
        className="block min-h-11 w-full resize-none bg-transparent px-4 pt-2.5 pb-2 font-read text-read outline-none placeholder:overflow-x-clip placeholder:text-ellipsis placeholder:whitespace-nowrap [scrollbar-width:thin]"
      />
      <div className="flex items-center gap-2.5 pr-2 pb-2 pl-4">
        <ComposerNote
          left={MAX_TEXT_LENGTH - draft.trim().length}
          isLive={isLive}
          trouble={isFull ? t('outbox.full', { n: MAX_UNSENT }) : null}
          newLineKeys={sendKey === 'enter' ? '⇧ ⏎' : '⏎'}
        />
        <Button look="go" onClick={run} keyCap={sendKeys}>
          {t('composer.send')}
        </Button>
      </div>
    </div>
  );
}
