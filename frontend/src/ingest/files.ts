/** Which files are meant when somebody drops or chooses some. */
const NOT_MEANT = /^(?:\.|~\$)|^(?:thumbs\.db|desktop\.ini)$/i;
const VIDEO_OR_ZIP = /\.(?:mp4|m4v|mov|3gp|mkv|webm|ts|mts|m2ts|avi|flv|wmv|mpe?g|zip)$/i;
const FOLDER_DEPTH_MAX = 8;

/** A file that was chosen by itself is always meant: the server says what is wrong with it. */
export function isMeant(name: string, wasChosenByItself: boolean): boolean {
  if (NOT_MEANT.test(name)) return false;
  return wasChosenByItself || VIDEO_OR_ZIP.test(name);
}

/** `第2集` before `第10集`, so that files are sent in the order in which they will be watched. */
export function inNaturalOrder(files: readonly File[]): File[] {
  const collator = new Intl.Collator("zh-Hans", { numeric: true });
  return [...files].sort((one, other) => collator.compare(one.name, other.name));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A directory is read in batches; an empty one says that it was the last. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    found.push(...batch);
  }
}

async function filesIn(entry: FileSystemEntry, depth: number): Promise<File[]> {
  if (entry.isFile) {
    return isMeant(entry.name, depth === 0) ? [await fileOf(entry as FileSystemFileEntry)] : [];
  }
  if (depth >= FOLDER_DEPTH_MAX || NOT_MEANT.test(entry.name) || entry.name === "__MACOSX") return [];
  const found: File[] = [];
  for (const child of await entriesOf(entry as FileSystemDirectoryEntry)) {
    found.push(...(await filesIn(child, depth + 1)));
  }
  return found;
}

/** All files of a drop, those in folders included. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The list of items is emptied as soon as this function waits.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found = await Promise.all(entries.map((entry) => filesIn(entry, 0)));
  return found.flat();
}
