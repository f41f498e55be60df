import { useLayoutEffect } from "react";
import { usePanel } from "../store.ts";

/** Light or dark, when the person wants another than the system's (theme/tokens.css). */
export function useAppearance(): void {
  const appearance = usePanel((panel) => panel.team.settings?.values.appearance);
  useLayoutEffect(() => {
    if (appearance) document.documentElement.dataset.appearance = appearance;
  }, [appearance]);
}
