/** Reads QR codes from the camera: by the browser where it can, else by a library, then loaded. */

type Read = (video: HTMLVideoElement) => Promise<string | null>;

const EVERY_MS = 200;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface Detectors {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

function detectors(): Detectors | null {
  const found: unknown = Reflect.get(globalThis, "BarcodeDetector");
  return isDetectors(found) ? found : null;
}

function isDetectors(found: unknown): found is Detectors {
  return typeof found === "function" && "getSupportedFormats" in found;
}

async function reader(): Promise<Read> {
  const Detectors = detectors();
  if (Detectors && (await Detectors.getSupportedFormats()).includes("qr_code")) {
    const detector = new Detectors({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { default: jsQR } = await import("jsqr");
  const canvas = document.createElement("canvas");
  return (video) => {
    const image = picture(video, canvas);
    return Promise.resolve(image && (jsQR(image.data, image.width, image.height)?.data ?? null));
  };
}

const WIDTH_PX = 480; // enough for a code, and quick on an old phone

function picture(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen || video.videoWidth === 0) return null;
  canvas.width = WIDTH_PX;
  canvas.height = Math.round((video.videoHeight / video.videoWidth) * WIDTH_PX);
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Look until `found` says yes to a text. The answer stops the camera. */
export async function scan(
  video: HTMLVideoElement,
  found: (text: string) => boolean,
): Promise<() => void> {
  const camera = { video: { facingMode: "environment" }, audio: false };
  const stream = await navigator.mediaDevices.getUserMedia(camera);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
  };
  try {
    video.srcObject = stream;
    await video.play();
    const read = await reader();
    const look = async (): Promise<void> => {
      const text = await read(video).catch(() => null);
      if (isOver) return;
      if (text !== null && found(text)) stop();
      else timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}
