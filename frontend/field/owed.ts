/** Devices that were signed out here without a network: the server hears of them later. */

import { signOutDevice } from "./api";
import type { DeviceDb } from "./db";
import type { Owed } from "./model";

export async function owed(device: DeviceDb): Promise<Owed[]> {
  const row = await device.get("settings", "owed");
  return row?.key === "owed" ? row.devices : [];
}

/** Written down before the person is forgotten: a phone that dies now still ends the token. */
export async function owe(device: DeviceDb, one: Owed): Promise<void> {
  await change(device, (devices) => [...devices.filter(({ id }) => id !== one.id), one]);
}

/**
 * Tell the server, which ends the token and the notes to this phone. Safe to repeat: a token that
 * is no longer known, or a device that is gone, is as good as signed out.
 */
export async function payOwed(device: DeviceDb): Promise<void> {
  for (const { id, token } of await owed(device)) {
    const answer = await signOutDevice(id, token);
    if (answer.kind === "offline") continue;
    await change(device, (devices) => devices.filter((one) => one.token !== token));
  }
}

async function change(device: DeviceDb, to: (devices: Owed[]) => Owed[]): Promise<void> {
  const tx = device.transaction("settings", "readwrite", { durability: "strict" });
  const row = await tx.store.get("owed");
  const devices = to(row?.key === "owed" ? row.devices : []);
  if (devices.length > 0) void tx.store.put({ key: "owed", devices });
  else void tx.store.delete("owed");
  await tx.done;
}
