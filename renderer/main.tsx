import { createRoot } from "react-dom/client";
import { dial } from "./link/dial.ts";
import { applyEvent, connectionChanged, goTo, keepPlaceIn } from "./store.ts";
import { App } from "./views/app.tsx";
import "./theme/tokens.css";
import "./theme/theme.css";
import "./theme/panel.css";
import "./theme/controls.css";
import "./theme/fields.css";
import "./theme/team.css";
import "./theme/row.css";
import "./theme/sheet.css";
import "./theme/settings.css";
import "./theme/activity.css";
import "./theme/spawn.css";
import "./theme/worker.css";
import "./theme/composer.css";
import "./theme/requests.css";
import "./theme/history.css";
import "./theme/tool.css";
import "./theme/markdown.css";
import "./theme/screen.css";

keepPlaceIn(sessionStorage, localStorage);
dial({ onEvent: applyEvent, onChange: connectionChanged, goTo });

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
