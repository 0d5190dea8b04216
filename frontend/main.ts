/** What every page runs: htmx, and menus that close by themselves. */

import "htmx.org";

import { closeMenusOnLeaving } from "./islands/menus";

closeMenusOnLeaving(document);
