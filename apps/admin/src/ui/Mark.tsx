/** The sala: a roof, two posts, no walls. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={className} fill="none" stroke="currentColor">
      <path
        d="M1.6 11.2C6.2 10 8.700 7.200 10 3.600c1.300 3.600 3.800 6.400 8.400 7.600-2.700.5-5.500.7-8.400.7s-5.700-.2-8.400-.7z"
        fill="currentColor"
        stroke="none"
      />
      <path d="M5.6 13.4v3.400M14.4 13.4v3.400" strokeWidth="1.9" strokeLinecap="round" />
    </svg>
  );
}
