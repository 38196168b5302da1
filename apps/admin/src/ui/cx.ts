import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** The names of tokens.css, so that none of them is taken for a rival of another: a size and a colour, a face and a weight. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['micro', 'small', 'ui', 'read', 'lead', 'title', 'figure', 'wall'],
      font: ['ui', 'read', 'code'],
      'font-weight': ['plain', 'firm', 'strong'],
      radius: ['mark', 'control', 'sheet', 'voice', 'tail', 'round'],
      shadow: ['lift-1', 'lift-2', 'lift-3'],
      ease: ['out', 'in-out'],
    },
  },
});

/** Joins class names; of two that rule the same property, the later wins. */
export const cx = (...classes: ClassValue[]): string => merge(clsx(classes));
