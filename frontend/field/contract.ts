/**
 * What the phone and the server say to each other: short names for what is generated from the
 * server's own document (`make generated`). Nothing is described here a second time.
 */

import type { components } from "../api.gen";

type Schemas = components["schemas"];
/** The phone leaves out nothing of what it may say. */
type Whole<Facts> = Required<Facts>;
/** But for what came later: acts that wait since before do not say it. */
type Leaving<Facts, Names extends keyof Facts> = Omit<Facts, Names> & Partial<Pick<Facts, Names>>;

export type Me = Schemas["MeOut"];
/** Asked for without a password: `link` is a one-time secret, or null where a session stands. */
export type DeviceIn = Whole<Schemas["DeviceIn"]>;
export type DeviceOut = Schemas["IssuedDeviceOut"];

export type HelpAct = Whole<Schemas["HelpActIn"]>;
export type CorrectionAct = Whole<Schemas["CorrectionActIn"]>;
export type CheckInAct = Whole<Schemas["CheckInActIn"]>;
export type AttendanceAct = Leaving<Schemas["AttendanceActIn"], "left">;
export type SignUpAct = Leaving<Schemas["SignUpActIn"], "anyway">;
export type SignUpAnswer = SignUpAct["answer"];
export type ActivityAct = Schemas["ActivityActIn"];
export type Act = HelpAct | CorrectionAct | CheckInAct | AttendanceAct | SignUpAct | ActivityAct;
export type Point = NonNullable<HelpAct["point"]>;

export type SyncIn = Omit<Whole<Schemas["SyncIn"]>, "acts"> & { acts: Act[] };
export type SyncOut = Schemas["SyncOut"];
export type Judged = Schemas["ResultOut"];
export type Result = Schemas["Result"];

export type BundleOut = Schemas["BundleOut"];
type Section = BundleOut["sections"];
export type Sections = { [Name in keyof Section]-?: NonNullable<Section[Name]>["data"] };
export type Sortie = Schemas["PhoneSortieOut"];
export type Participant = Schemas["PhoneParticipantOut"];
export type Mine = Schemas["ParticipantState"];
export type Service = Schemas["PhoneServiceOut"];
export type Returned = Schemas["PhoneReturnedOut"];

export type PhotoIn = Whole<Schemas["PhotoIn"]>;
export type PhotoOut = Schemas["PhotoOut"];

/** RFC 9457, as the server says every error. */
export type Problem = Schemas["Problem"];
