/**
 * What the phone and the server say to each other.
 *
 * Written by hand until the OpenAPI document has these operations; then these names become
 * aliases of the generated ones.
 */

export type Role = "leader" | "member" | "newcomer";

export interface Team {
  id: string;
  name: string;
  unit: string;
  role: Role;
}

export interface Me {
  user_id: string | number;
  full_name: string;
  device_id: string | null;
  newcomer: boolean;
  teams: Team[];
}

/** Asked for without a password: `link` is a one-time secret, or null where a session stands. */
export interface DeviceIn {
  id: string;
  name: string;
  link: string | null;
}

export interface DeviceOut {
  id: string;
  token: string;
  user_id: string | number;
  full_name: string;
  keep_key: string; // base64 of 32 bytes
  earlier_keys?: { user_id: string | number; keep_key: string }[]; // of accounts that became this one
}

export type Point = [lat: number, lon: number];

interface Made {
  id: string; // UUIDv7, made here
  at: string; // ISO-8601 with zone, by this phone's clock
}

export interface HelpAct extends Made {
  type: "help";
  team: string;
  activity: string | null;
  services: string[];
  citizens: number;
  same_people: boolean; // they are counted already
  same_people_as: string | null; // the first help of these people
  helped: "citizens";
  note: string;
  point: Point | null;
}

export interface CorrectionAct extends Made {
  type: "correction";
  corrects: string;
  services: string[];
  citizens: number; // 0 withdraws
  note: string;
  reason: string;
}

export interface CheckInAct extends Made {
  type: "check-in";
  activity: string;
  step: number | null; // null: the code was typed
  code: string;
}

export interface AttendanceAct extends Made {
  type: "attendance";
  activity: string;
  member: string;
  present: boolean;
  left?: boolean; // with present: she was there and has left
}

export type SignUpAnswer = "sign-up" | "confirm" | "cancel";

export interface SignUpAct extends Made {
  type: "sign-up";
  activity: string;
  answer: SignUpAnswer;
  anyway?: boolean; // although another sortie of hers takes place at that time
}

/** Who may lead starts or closes a sortie. */
export interface ActivityAct extends Made {
  type: "activity";
  activity: string;
  to: "running" | "closed";
}

export type Act = HelpAct | CorrectionAct | CheckInAct | AttendanceAct | SignUpAct | ActivityAct;

export type Result = "recorded" | "already-recorded" | "returned" | "conflict" | "held";

export interface Judged {
  id: string;
  result: Result;
  code: string;
  detail: string;
}

export interface SyncIn {
  device_time: string;
  acts: Act[];
}

export interface SyncOut {
  results: Judged[];
  server_time: string;
}

export type Mine =
  "signed-up" | "waiting" | "confirmed" | "present" | "left" | "no-show" | "cancelled";

export interface Participant {
  member_id: string;
  name: string;
  team_id: string;
  state: Mine;
}

export interface Sortie {
  id: string;
  kind: string;
  name: string;
  state: string; // planned, running, closed, cancelled
  team_ids: string[];
  lead_team_id: string;
  place: string;
  point: Point | null;
  starts_at: string;
  ends_at: string;
  seats: number | null;
  taken: number;
  waiting: number;
  mine: Mine | null;
  may_lead: boolean;
  leader_name: string;
  participants?: Participant[]; // for who may lead
  check_in_key?: string | null; // base64 of 16 bytes, for who may lead
}

export interface TeamOfPhone {
  id: string;
  name: string;
  unit_name: string;
  role: Role;
  members?: { id: string; name: string }[]; // for leaders
}

export interface Service {
  code: string;
  name: string;
  short: string;
  is_platform: boolean;
  about: string;
}

export interface Returned {
  id: string;
  help: {
    services: string[];
    citizens: number;
    note: string;
    at: string;
    activity: string | null;
    team: string;
  };
  code: string;
  words: string;
  by_name: string;
  at: string;
}

export interface Sections {
  me: Me;
  teams: TeamOfPhone[];
  sorties: Sortie[];
  services: Service[];
  returned: Returned[];
}

export interface BundleOut {
  server_time: string;
  sections: { [Name in keyof Sections]?: { version: string; data: Sections[Name] } };
}

export interface PhotoIn {
  id: string;
  act: string;
  size_bytes: number;
  digest: string; // SHA-256, hexadecimal
  taken_at: string | null;
}

export interface PhotoOut {
  received_bytes: number;
  done: boolean;
}

/** RFC 9457, as the server says every error. */
export interface Problem {
  code: string;
  detail: string;
  params?: Record<string, unknown>;
}
