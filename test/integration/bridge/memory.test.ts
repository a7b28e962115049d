import { openMemoryBridge } from "../../support/memory-bridge";
import { describeBridge } from "./contract-suite";

describeBridge("memory", openMemoryBridge);
