export const onMac = navigator.platform.startsWith("Mac");
/** What the key is called here that goes with a letter for a command: shortcuts take both. */
export const commandKey = onMac ? "⌘" : "Ctrl";
/** A shortcut as a tooltip names it: `⌘F`, `Ctrl+F`. */
export const withCommandKey = (key: string): string => (onMac ? `⌘${key}` : `${commandKey}+${key}`);
