import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** The type scale of tokens.css, so that a text size and a text colour are not taken for rivals. */
const merge = extendTailwindMerge({
  extend: {
    classGroups: { 'font-size': [{ text: ['micro', 'small', 'ui', 'read', 'lead', 'title', 'figure', 'wall'] }] },
  },
});

/** Joins class names; of two that rule the same property, the later wins. */
export const cx = (...classes: ClassValue[]): string => merge(clsx(classes));
