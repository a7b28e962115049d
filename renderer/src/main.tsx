import { createRoot } from "react-dom/client";
import { App } from "./App";
import { connectToHost } from "./bridge/connect";
import { provideClient, useConsole } from "./state/console-store";
import { followRecentCycles } from "./state/follow-recent-cycles";
import { browserSurroundings } from "./state/surroundings";
import { synchronise } from "./state/synchronise";
import "./styles/index.css";

const { client } = connectToHost();
provideClient(client);
followRecentCycles(client);
synchronise(client, useConsole, browserSurroundings);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root.");
createRoot(root).render(<App />);
