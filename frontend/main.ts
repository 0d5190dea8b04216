/** What every page runs: htmx, menus that close by themselves, numbers tapped up and down, live figures, texts to copy, notes on this phone. */

import "htmx.org";

import { addCopyButtons } from "./islands/copying";
import { followFigures } from "./islands/live";
import { closeMenusOnLeaving } from "./islands/menus";
import { offerPush } from "./islands/push";
import { addSteppers } from "./islands/steppers";
import { keepSums } from "./islands/sums";

addCopyButtons(document);
closeMenusOnLeaving(document);
addSteppers(document);
followFigures(document);
keepSums(document);
void offerPush(document);
