import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { countsQuery } from '../features/inbox/inboxQuery.ts';

/** How many people wait, in the tab's title and on its mark. */
export function useQueueTitle(): number {
  const { data: waiting = 0 } = useQuery({ ...countsQuery, select: (counts) => counts.waiting });
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) Sala` : 'Sala';
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) icon.href = waiting > 0 ? numbered(waiting) : '/favicon.svg';
  }, [waiting]);
  return waiting;
}

const numbered = (n: number): string => {
  const words = n > 99 ? '99' : String(n);
  const size = words.length > 1 ? 11 : 13;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" rx="4.500" fill="#2d221c"/><text x="10" y="${5.5 + size * 0.69}" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${size}" fill="#f4f0e9">${words}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};
