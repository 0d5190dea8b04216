/** What every page runs: htmx, menus that close by themselves, numbers tapped up and down. */

import "htmx.org";

import { closeMenusOnLeaving } from "./islands/menus";
import { addSteppers } from "./islands/steppers";

closeMenusOnLeaving(document);
addSteppers(document);
