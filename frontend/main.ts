/** What every page runs: htmx, menus that close by themselves, numbers tapped up and down, live figures. */

import "htmx.org";

import { followFigures } from "./islands/live";
import { closeMenusOnLeaving } from "./islands/menus";
import { addSteppers } from "./islands/steppers";
import { keepSums } from "./islands/sums";

closeMenusOnLeaving(document);
addSteppers(document);
followFigures(document);
keepSums(document);
