/** Paths on a grid of 16, drawn as lines. */
const paths = {
  plus: "M8 3v10M3 8h10",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 13.5 13.5",
  activity: "M2 8h2.5l2-4.5 3 9 2-4.5H14",
  settings:
    "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 1.8v1.7M8 12.5v1.7M1.8 8h1.7M12.5 8h1.7M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M12.4 3.6l-1.2 1.2M4.8 11.2l-1.2 1.2",
  help: "M5.8 6a2.2 2.2 0 1 1 3.1 2c-.6.3-.9.7-.9 1.4M8 12v.1M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4Z",
  back: "M10 3 5 8l5 5",
  next: "M8 3v9.5M4 8.8l4 4 4-4",
  copy: "M5.5 5.5v-2a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M3.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1Z",
  check: "m3 8.5 3.3 3.3L13 4.5",
  cross: "m4 4 8 8M12 4l-8 8",
  folder: "M1.8 4.5a1 1 0 0 1 1-1h3l1.5 1.7h5.9a1 1 0 0 1 1 1v5.3a1 1 0 0 1-1 1H2.8a1 1 0 0 1-1-1Z",
  queue: "M2.5 4h11M2.5 8h7M2.5 12h4",
  repo: "M4.5 2.5h8v8.5h-8a1.5 1.5 0 0 0 0 3h8M3 12.5V4a1.5 1.5 0 0 1 1.5-1.5",
  warning: "M8 2.2 14.2 13H1.8ZM8 6.5v3M8 11.2v.1",
  download: "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11",
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
