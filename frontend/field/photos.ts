/** Pictures: shrunk on the phone, without where they were taken, known by their digest. */

import type { StoredPhoto } from "./model";
import { toHex, uuid7 } from "./ids";

const LONGEST_PX = 1600;
const MOST_BYTES = 300_000;
const QUALITIES = [0.82, 0.7, 0.58, 0.45];
const SMALLER = 0.75;

/** Drawing a picture anew leaves out everything that is not picture: place, camera, names. */
export async function shrunk(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    let scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
    for (;;) {
      const canvas = drawn(picture, scale);
      for (const quality of QUALITIES) {
        const small = await asJpeg(canvas, quality);
        if (small.size <= MOST_BYTES) return small;
      }
      scale *= SMALLER;
    }
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff"; // behind what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function asJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob) resolve(blob);
        else reject(new Error("no picture"));
      },
      "image/jpeg",
      quality,
    );
  });
}

/** A picture of an act as it is kept. The time is the file's: a camera writes it then. */
export async function photoOf(act: string, file: File): Promise<StoredPhoto> {
  const bytes = await (await shrunk(file)).arrayBuffer();
  const digest = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  const taken_at = file.lastModified > 0 ? new Date(file.lastModified).toISOString() : null;
  const size_bytes = bytes.byteLength;
  return {
    id: uuid7(),
    act,
    state: "waiting",
    bytes,
    size_bytes,
    digest,
    taken_at,
    received_bytes: 0,
  };
}

/** Save with pictures; where one finds no room, what was written is kept without any. */
export async function withPhotos<Value>(
  photos: StoredPhoto[],
  keep: (photos: StoredPhoto[]) => Promise<Value>,
): Promise<{ value: Value; lost: boolean }> {
  try {
    return { value: await keep(photos), lost: false };
  } catch (error) {
    if (photos.length === 0 || !(error instanceof DOMException)) throw error;
    return { value: await keep([]), lost: true };
  }
}

/** Show a kept picture: drawn, because the page may load pictures from nowhere else. */
export async function show(photo: StoredPhoto, canvas: HTMLCanvasElement): Promise<void> {
  const picture = await createImageBitmap(new Blob([photo.bytes], { type: "image/jpeg" }));
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  picture.close();
}
