import type { AuditAction } from '@sala/contracts';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';

type KeyOf<Action extends string> = Action extends `${infer Of}.${infer What}` ? `${Of}_${What}` : never;

/** A dot leads deeper into a catalogue, so actions stand there with an underscore. */
const keyOf = (action: AuditAction) => action.replace('.', '_') as KeyOf<AuditAction>;

/** What was done, in a word or two. */
export function useActionWords(): (action: AuditAction) => string {
  const t = useTranslations('audit.actions');
  return useCallback((action) => t(keyOf(action)), [t]);
}
