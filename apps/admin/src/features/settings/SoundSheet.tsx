import type { SoundScope, SoundSettings } from '@sala/contracts';
import { type RefObject, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useChangeSettings, useMe } from '../../lib/desk/me.ts';
import { problemOf } from '../../lib/problem.ts';
import { useProblemWords } from '../../lib/problemWords.ts';
import type { DeskSound } from '../../lib/sound/nextSound.ts';
import { sound, useCanSound } from '../../lib/sound/speaker.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';

const SCOPES = ['queue', 'mine', 'off'] as const satisfies readonly SoundScope[];
const SOUNDS = ['waits', 'wrote', 'failed'] as const satisfies readonly DeskSound[];
const VOLUME_STEP = 10;

interface Props {
  open: boolean;
  onClose: () => void;
  returnsTo: RefObject<HTMLElement | null>;
}

/** What the desk sounds for, how loud, and how each sounds. */
export function SoundSheet({ open, onClose, returnsTo }: Props) {
  const t = useTranslations();
  return (
    <Sheet open={open} onClose={onClose} title={t('sound.title')} lead={t('sound.lead')} returnsTo={returnsTo}>
      <SoundChoices />
    </Sheet>
  );
}

/** The choices themselves, for the sheet and for the settings. */
export function SoundChoices() {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const group = useId();
  const kept = useMe().settings.sound;
  const { mutate, error } = useChangeSettings();
  const change = (next: Partial<SoundSettings>) => mutate({ sound: { ...kept, ...next } });
  /** Where the slider stands while it is moved; kept when it is let go. */
  const [moved, setMoved] = useState<number | null>(null);
  const volume = moved ?? kept.volume;
  const keepVolume = () => {
    if (moved !== null && moved !== kept.volume) change({ volume: moved });
    setMoved(null);
  };
  const canSound = useCanSound();

  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-0.5">
        <legend className="pb-1 text-small text-ink-3">{t('sound.scope')}</legend>
        {SCOPES.map((scope) => (
          <label
            key={scope}
            className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2.5 rounded-control px-2 py-1.5 hover:bg-hover has-checked:bg-press"
          >
            <input
              type="radio"
              name={group}
              checked={scope === kept.scope}
              onChange={() => change({ scope })}
              className="accent-khram"
            />
            <span className="font-firm first-letter:uppercase">{t(`sound.${scope}`)}</span>
            <span className="col-start-2 text-small text-ink-3">{t(`sound.${scope}More`)}</span>
          </label>
        ))}
      </fieldset>
      <label className="grid gap-1 px-2">
        <span className="flex justify-between text-small text-ink-3">
          {t('sound.volume')}
          <span className="num">{t('sound.percent', { n: volume })}</span>
        </span>
        <input
          type="range"
          min={0}
          max={100}
          step={VOLUME_STEP}
          value={volume}
          disabled={kept.scope === 'off'}
          onChange={(event) => setMoved(event.target.valueAsNumber)}
          onPointerUp={keepVolume}
          onKeyUp={keepVolume}
          onBlur={keepVolume}
          className="w-full accent-khram"
        />
      </label>
      <div className="grid gap-1.5 px-2">
        <p className="text-small text-ink-3">{canSound ? t('sound.hear') : t('sound.mute')}</p>
        <div className="flex flex-wrap gap-2">
          {SOUNDS.map((kind) => (
            <Button key={kind} onClick={canSound ? () => void sound(kind, { volume, step: 0 }) : null}>
              {t(`sound.${kind}`)}
            </Button>
          ))}
        </div>
      </div>
      {error && (
        <p role="alert" className="px-2 text-small text-laterite-ink">
          {t('settings.notKept', { reason: wordsFor(problemOf(error)) })}
        </p>
      )}
    </div>
  );
}
