import { EventEmitter } from "node:events";
import type { Bounds } from "./window.ts";

export interface Item {
  label?: string;
  type?: string;
  role?: string;
  enabled?: boolean;
  checked?: boolean;
  click?: () => void;
}

export class StandInMenu {
  readonly items: readonly Item[];
  constructor(items: readonly Item[]) {
    this.items = items;
  }
  /** Its words, with a dash for each line between groups. */
  get labels(): string[] {
    return this.items.map(({ label, type, role }) => label ?? (type === "separator" ? "-" : (role ?? "")));
  }
  choose(label: string): void {
    const item = this.items.find((candidate) => candidate.label === label);
    if (!item?.click || item.enabled === false) throw new Error(`the menu has no ${label}: ${this.labels.join(", ")}`);
    item.click();
  }
}

/** What an image was made of. */
export interface Image {
  readonly path: string;
  template: boolean;
  setTemplateImage(template: boolean): void;
}

export const standInImage = (path: string): Image => ({
  path,
  template: false,
  setTemplateImage(template) {
    this.template = template;
  },
});

export class StandInTray extends EventEmitter {
  image: Image;
  title = "";
  toolTip = "";
  bounds: Bounds;
  menu: StandInMenu | undefined;
  ignoresDoubleClicks = false;
  destroyed = false;

  constructor(image: Image, bounds: Bounds) {
    super();
    this.image = image;
    this.bounds = bounds;
  }
  setImage = (image: Image) => {
    this.image = image;
  };
  setTitle = (title: string) => {
    this.title = title;
  };
  setToolTip = (toolTip: string) => {
    this.toolTip = toolTip;
  };
  setContextMenu = (menu: StandInMenu) => {
    this.menu = menu;
  };
  popUpContextMenu = (menu: StandInMenu) => {
    this.menu = menu;
  };
  setIgnoreDoubleClickEvents = (ignore: boolean) => {
    this.ignoresDoubleClicks = ignore;
  };
  getBounds = () => this.bounds;
  destroy = () => {
    this.destroyed = true;
  };
  click = (event: object = {}) => void this.emit("click", { ctrlKey: false, ...event }, this.bounds);
}

export interface Words {
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  groupId: string;
  actions: { type: string; text: string }[];
}

export class StandInNotification extends EventEmitter {
  readonly words: Words;
  state: "made" | "shown" | "closed" = "made";
  constructor(words: Words) {
    super();
    this.words = words;
  }
  show = () => {
    this.state = "shown";
  };
  close = () => {
    this.state = "closed";
  };
  press(label: string): void {
    const actionIndex = this.words.actions.findIndex(({ text }) => text === label);
    if (actionIndex === -1) throw new Error(`the notice has no ${label}`);
    this.emit("action", { actionIndex });
  }
}
