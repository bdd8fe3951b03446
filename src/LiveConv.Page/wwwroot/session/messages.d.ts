// The text messages between LiveConv and the page. Written from the C# records; do not edit:
// LIVECONV_WRITE_MESSAGES=1 dotnet test tests/LiveConv.Page.Tests

/** A message to the page. */
export type Message = LessonsMessage | PredictedMessage | StateChange | EditedMessage | PresetFileMessage | KernelTextMessage | KernelCopyMessage | CameraMessage | ShareMessage | ExplainedMessage | PlaceMessage | HeldMessage | LayersMessage | LessonMessage | StatsMessage | NoticeMessage | MicroscopeMessage | NetworkMessage | SeenMessage | ThumbnailMessage;

/** The state: the first time all of it, then the members that changed. */
export type StateChange = Pick<StateMessage, "type"> & Partial<StateMessage>;

/** A message of the page: an object with one member. */
export type PageMessage =
  | { drawn: number }
  | { late: number }
  | { key: string }
  | { preset: string }
  | { show: (PlaneName | ShownPlane)[] }
  | { edit: PresetDocument }
  | { presetFile: PresetDocument }
  | { kernelText: KernelTextRequest }
  | { kernelCopy: KernelCopyRequest }
  | { xray: PixelQuestion }
  | { hold: boolean | "stage" }
  | { layers: LayersRequest }
  | { network: NetworkRequest }
  | { learn: LessonRequest | "stage" | null }
  | { microscope: MicroscopeRequest }
  | { lessons: string }
  | { predict: Prediction }
  | { thumbnail: string }
  | { discard: string }
  | { replay: true }
  | { seen: true }
  | { camera: CameraOffer | null }
  | { stage: StageView }
  | { place: PlaceQuestion }
  | { share: null };

/** The causes for which a frame is missing in the recording. */
export type RecorderDropCause = "recorderBusy" | "encoderDied" | "diskFull";

/** A preset as it stands in files, written from its schema. */
export interface PresetDocument {
  /** Where this schema is, so that editors complete and check. */
  $schema?: string;
  /** Version of the file format. */
  version: number;
  /** Hotkey 1 to 9. Without one the preset takes the next free place, in the order of the file names. */
  key?: number;
  /** The display name. */
  name: string;
  /** What the preset shows, in a sentence or two. */
  description?: string;
  /** What the two maps show. Default: vertical edges and horizontal edges; for layers, nothing in particular. */
  captions?: {
    /** The left map, that of vertical. */
    vertical: {
      /** In a few words. */
      title: string;
      /** What is bright in it, in a sentence. */
      text?: string;
    };
    /** The right map, that of horizontal. */
    horizontal: {
      /** In a few words. */
      title: string;
      /** What is bright in it, in a sentence. */
      text?: string;
    };
  };
  /** Where the operator comes from: author, title, year. */
  citation?: string;
  /** correlation uses the kernels as written (torch, OpenCV); convolution rotates them by 180 degrees first (scipy.signal.convolve, ImageMagick's Convolve), in time too. Default: correlation. */
  operation?: "correlation" | "convolution";
  /** How pixels outside the image are treated: zero 00|abcd|00, replicate aa|abcd|dd, symmetric ba|abcd|dc, mirror cb|abcd|cb, wrap cd|abcd|ab. Default: mirror. */
  border?: "zero" | "replicate" | "symmetric" | "mirror" | "wrap";
  /** For kernels over time: what they see before the first frame, replicate (that frame again) or zero (black). Default: replicate. */
  before?: "replicate" | "zero";
  /** How a signed sum times the gain becomes a pixel: abs, offset128 (zero is mid-grey), positive, negative; always saturated to 0..255. Default: abs. */
  response?: "abs" | "offset128" | "positive" | "negative";
  /** Factor on the sum before the response. Default: 1. */
  gain?: number;
  /** The weight of vertical and horizontal that lies on the output pixel. Default: the centre (right of and below it for even sizes). */
  anchor?: {
    /** Column, from 0. */
    x: number;
    /** Row, from 0. */
    y: number;
  };
  /** The kernel whose map shows vertical edges: rows of numbers, or frames of rows (oldest frame first) for a kernel over time. */
  vertical?: number[][] | number[][][];
  /** The kernel whose map shows horizontal edges: rows of numbers, or frames of rows (oldest frame first) for a kernel over time. */
  horizontal?: number[][] | number[][][];
  /** In place of vertical and horizontal: layers, each working on the maps of the one before it. */
  layers?: ({
    /** The layer's display name. */
    name?: string;
    /** One for each map of the layer. Without any the layer works on its input maps as they are. */
    kernels?: ({
      /** Index of the input map that weights is applied to, from 0. Default: 0. */
      from?: number;
      /** Rows of numbers; in the first layer also frames of rows (oldest frame first). */
      weights?: number[][] | number[][][];
      /** In place of weights: a kernel for each of the first input maps, their sums added up (torch's weight[o]). */
      channels?: number[][][];
      /** The weight that lies on the output pixel. Default: the centre (right of and below it for even sizes). */
      anchor?: {
        /** Column, from 0. */
        x: number;
        /** Row, from 0. */
        y: number;
      };
      /** Added to every value. Default: 0. */
      bias?: number;
    })[];
    /** Step of the convolution along both axes. Default: 1. */
    stride?: number;
    /** Rows and columns added at each side; out = floor((in + 2*padding - dilation*(kernel-1) - 1) / stride) + 1. Default: as many as it takes that maps at stride 1 are as large as the input. */
    padding?: number;
    /** How pixels outside the input maps are treated. Default: the preset's border. */
    border?: "zero" | "replicate" | "symmetric" | "mirror" | "wrap";
    /** Distance between neighbouring weights. Default: 1. */
    dilation?: number;
    /** How the maps are put together, after the convolution: none, magnitude (root of the sum of squares), max, sum, or thin (non-maximum suppression of a gradient's x and y across the edge). Default: none. */
    merge?: "none" | "magnitude" | "max" | "sum" | "thin";
    /** What becomes of every value, after the merge: none, abs, relu, square, or threshold (255 where the value is at least the threshold, else 0). Default: none. */
    activation?: "none" | "abs" | "relu" | "square" | "threshold";
    /** For the activation threshold. Default: 0. */
    threshold?: number;
    /** Makes the maps smaller, after the activation. */
    pool?: {
      /** max or average. */
      kind: "max" | "average";
      /** Side of the window. */
      size: number;
      /** Step of the window. Default: its side. */
      stride?: number;
    };
    /** Makes the maps larger, last of all. */
    upsample?: {
      /** nearest, bilinear, or transposed (each value lays down the kernel, and what overlaps is added). */
      kind: "nearest" | "bilinear" | "transposed";
      /** How many times larger along both axes. */
      factor: number;
      /** For transposed: the kernel that each value lays down. */
      weights?: number[][] | number[][][];
      /** For transposed: the weight that lies on the value's place. Default: the centre. */
      anchor?: {
        /** Column, from 0. */
        x: number;
        /** Row, from 0. */
        y: number;
      };
    };
  })[];
  /** For layers: which two maps are shown. Default: the first two of the last layer, or its only one twice. */
  outputs?: {
    /** The left pane. */
    vertical: {
      /** Index of the layer, from 0. */
      layer: number;
      /** Index of the map within the layer, from 0. Default: 0. */
      map?: number;
      /** How a value becomes a pixel. Default: the preset's response. */
      response?: "abs" | "offset128" | "positive" | "negative";
      /** Factor on the value before the response. Default: the preset's gain. */
      gain?: number;
    };
    /** The right pane. */
    horizontal: {
      /** Index of the layer, from 0. */
      layer: number;
      /** Index of the map within the layer, from 0. Default: 0. */
      map?: number;
      /** How a value becomes a pixel. Default: the preset's response. */
      response?: "abs" | "offset128" | "positive" | "negative";
      /** Factor on the value before the response. Default: the preset's gain. */
      gain?: number;
    };
  };
}

/** The lessons, in the language that was requested where there is one. */
export interface LessonsMessage {
  type: "lessons";
  /** The languages that any lesson is written in. */
  languages: string[];
  /** The lessons. */
  lessons: LessonLine[];
}

/** A lesson as the page lists it. */
export interface LessonLine {
  /** What predictions name it by. */
  id: string;
  /** Display name. */
  title: string;
  /** The language of its texts. */
  language: string;
  /** Its steps. */
  steps: LessonStepLine[];
}

/** A step as the page shows it; which answer is right is asked for. */
export interface LessonStepLine {
  /** The idea. */
  title: string;
  /** What to read first, or to do; may be empty. */
  text: string;
  /** What is asked. */
  question: string;
  /** The answers to choose from. */
  answers: string[];
  /** Why it is so, to show after an answer. */
  explanation: string;
  /** The heading in the document that says more, or null. */
  section: string | null;
  /** The preset to choose, or null. */
  preset: string | null;
  /** The view to choose, or null. */
  view: LessonView | null;
  /** The tool to open, or null. */
  tool: LessonTool | null;
  /** The pixel that the lens pins, or null. */
  lens: LensStart | null;
  /** What the microscope shows, or null. */
  microscope: MicroscopeRequest | null;
  /** What is to be shown only after an answer. */
  hides: LessonSecret;
}

/** What a step of a lesson shows. */
export type LessonView = "allFour" | "pair" | "left" | "right" | "camera" | "magnitude" | "overlay" | "layers";

/** The tool that a step of a lesson opens. */
export type LessonTool = "microscope" | "xray" | "kernels" | "learn";

/** A pixel for the lens, in a map whose size is not known yet. */
export interface LensStart {
  /** Without a stage: 0 the left map, 1 the right one. With one: which of the stage's maps. */
  map: number;
  /** The stage whose map it is of, or null for a map that is shown. */
  stage: number | null;
  /** How far from the left, as a part of the map's width. */
  x: number;
  /** How far from the top, as a part of its height. */
  y: number;
}

/** What the microscope is to show: a small image, what is done with it, and the step that is looked at. */
export interface MicroscopeRequest {
  /** Columns of the image, 1 to 16. */
  width: number;
  /** Rows of the image, 1 to 16. */
  height: number;
  /** The image, 0 to 255; null for the newest one of the camera, reduced to this size. */
  image: number[][] | null;
  /** The weights, 1 to 7 rows and columns; of a pooling only their number counts. */
  kernel: number[][];
  /** What is done. */
  kind: MicroscopeKind;
  /** Whether the kernel is turned by 180 degrees first. */
  operation: Operation;
  /** What stands around the image. */
  border: BorderMode;
  /** Step of the window, 1 to 4. */
  stride: number;
  /** Rows and columns at each side, 0 to 4; a transposed convolution crops as many. */
  padding: number;
  /** Distance between neighbouring weights, 1 to 3. */
  dilation: number;
  /** Column of the cell that is looked at, from 0: of the output, of a transposed convolution's input. */
  x: number;
  /** Row of that cell. */
  y: number;
}

/** What would give an answer away, so that the page shows it only after one. */
export type LessonSecret = "nothing" | "maps" | "output";

/** What the microscope does with a small image. */
export type MicroscopeKind = "convolution" | "transposed" | "maxPool" | "averagePool";

/** Whether the kernel is rotated by 180° before it is applied. */
export type Operation = "correlation" | "convolution";

/** How pixels outside the image are treated. The drawings continue a row abcd on both sides. */
export type BorderMode = "zero" | "replicate" | "symmetric" | "mirror" | "wrap" | "constant";

/** What came of a prediction. */
export interface PredictedMessage {
  type: "predicted";
  /** The lesson's id. */
  lesson: string;
  /** The step's number, from 0. */
  step: number;
  /** The chosen answer's number, from 0. */
  answer: number;
  /** The right answer's number, from 0; -1 while it cannot be said. */
  right: number;
  /** What was computed to find it; null where nothing is. */
  measured: number | null;
  /** Why it cannot be said now, for the page to word in the lesson's language; null when it can. */
  refused: PredictionRefusal | null;
}

/** Why the right answer cannot be said. */
export type PredictionRefusal = "noStep" | "noImage" | "black" | "noPreset" | "noOutput";

/** The state of the run, sent when a page connects and whenever something changes. */
export interface StateMessage {
  type: "state";
  /** What the page that gets this message may do. */
  role: PageRole;
  /** The preset in use. */
  preset: PresetLine;
  /** Its kernels, to edit; null when it is more than one layer or no pair. */
  kernels: KernelPair | null;
  /** The preset in use is what this very page edited last. */
  editedHere: boolean;
  /** Those that can be chosen, in the order of their keys. */
  presets: PresetLine[];
  /** What was edited on pages and not thrown away, oldest first; can be chosen too. */
  edits: PresetLine[];
  /** The image is held. */
  paused: boolean;
  /** A recording runs. */
  recording: boolean;
  /** This page may send its camera's images. */
  takesCameras: boolean;
  /** The recordings of this run, later those that are new or changed; none for guests. */
  recordings: RecordingLine[];
  /** Describes the source. */
  source: SourceLine;
  /** What the editor may choose and send. */
  limits: EditorLimits;
  /** What the presenter's page shows; null until one has said so. */
  stage: PresenterView | null;
  /** The name of the network that can be looked into, or null. */
  network: string | null;
}

/** What a page may do. */
export type PageRole = "presenter" | "guest";

/** A preset as the page lists it. */
export interface PresetLine {
  /** What the page chooses it by. */
  id: string;
  /** Display name. */
  name: string;
  /** What it does, or empty. */
  description: string;
  /** Where it stands on the shelf. */
  group: PresetGroup;
  /** What its left and its right map show. */
  captions: CaptionLine[];
  /** Whether its left and its right map can be shown with their sign. */
  signed: boolean[];
}

/** The preset in use as the editor changes it: its document, its two kernels, and how they are applied. */
export interface KernelPair {
  /** The whole preset as it stands in files; members with their default are left out. */
  document: PresetDocument;
  /** correlation or convolution. */
  operation: Operation;
  /** How pixels outside the image are treated. */
  border: BorderMode;
  /** How a sum becomes a pixel. */
  response: Response;
  /** Factor on the sum. */
  gain: number;
  /** Factor on the sum for horizontal edges; null when it is the same. */
  horizontalGain: number | null;
  /** Step along both axes. */
  stride: number;
  /** Rows and columns added at each side; null for as many as the kernel needs. */
  padding: number | null;
  /** Distance between neighbouring weights. */
  dilation: number;
  /** The weights for vertical edges, top row first. */
  vertical: number[][];
  /** The weights for horizontal edges, top row first. */
  horizontal: number[][];
  /** The weight that lies on the output pixel; null for the centre. */
  verticalAnchor: KernelAnchor | null;
  /** The same for horizontal edges. */
  horizontalAnchor: KernelAnchor | null;
}

/** A recorded file as the page lists it. */
export interface RecordingLine {
  /** Its number in the address to download it from. */
  number: number;
  /** The file's name. */
  name: string;
  /** Where it is. */
  folder: string;
  /** How long it is, or how long it has been going on. */
  seconds: number;
  /** How large it is. */
  bytes: number;
  /** It is finished and can be downloaded. */
  done: boolean;
}

/** The source as the page shows it. */
export interface SourceLine {
  /** Display name. */
  name: string;
  /** The format that was requested. */
  requested: string;
  /** The format that is delivered. */
  granted: string;
  /** The shape of a pixel as it is to be shown: width by height. */
  pixelAspect: number;
  /** A remark about the format, or null. */
  note: string | null;
  /** What it is waiting for, or null. */
  waiting: string | null;
  /** It has ended, and its last image stays. */
  held: boolean;
  /** This page may play it again. */
  replayable: boolean;
  /** How often it was lost and found again. */
  reconnects: number;
}

/** What the page's editor may choose and send. */
export interface EditorLimits {
  /** The operations. */
  operations: Operation[];
  /** The borders that a preset can have. */
  borders: BorderMode[];
  /** The responses. */
  responses: Response[];
  /** The largest number of rows and of columns of a kernel. */
  maxSide: number;
  /** The largest kernel text, in bytes of its JSON string. */
  maxTextBytes: number;
}

/** What second windows follow. */
export interface PresenterView {
  /** What the presenter's page says that it shows. */
  shown: StageView;
  /** The number of the image that it holds; null for none. */
  held: number | null;
}

/** Where a preset stands on the shelf. */
export type PresetGroup = "edges" | "smoothing" | "sampling" | "layers" | "time";

/** What the page says about a map. */
export interface CaptionLine {
  /** What it shows. */
  title: string;
  /** What is bright in it, or empty. */
  text: string;
}

/** How a signed sum, times the gain, becomes an 8-bit pixel. Always saturating, never wrapping. */
export type Response = "abs" | "offset128" | "positive" | "negative";

/** A place in a kernel. */
export interface KernelAnchor {
  /** Column, from 0. */
  x: number;
  /** Row, from 0. */
  y: number;
}

/** What the presenter's page says that it shows. */
export interface StageView {
  /** The key of the view. */
  view: string;
  /** Whether maps are shown with their sign. */
  signed: boolean;
  /** The pixel that is explained; null for none. */
  lens: PixelQuestion | null;
  /** Whether the layers are shown as a wall. */
  wall: boolean;
  /** Whether the page is blacked out. */
  black: boolean;
  /** Its colours; null for those of the browser that follows. */
  theme: PageTheme | null;
  /** What the microscope shows; null while it is closed. */
  microscope: MicroscopeRequest | null;
  /** The step of a lesson; null for none. */
  lesson: StageLesson | null;
  /** The map of the wall that is shown large; null for none. */
  enlarged: LayerMap | null;
  /** Whether pixels are drawn smooth. */
  smooth: boolean;
  /** Which kernel is learned; null while that tool is closed. */
  learning: StageLearning | null;
}

/** Which value the page asks about. */
export interface PixelQuestion {
  /** Without a stage: 0 the left map, 1 the right one. With one: which of the stage's maps. */
  map: number;
  /** Column of the map, from 0. */
  x: number;
  /** Row of the map, from 0. */
  y: number;
  /** The stage whose map it is of, or null for a map that is shown. */
  stage: number | null;
}

/** The colours of a page. */
export type PageTheme = "light" | "dark";

/** The step of a lesson that a page shows. */
export interface StageLesson {
  /** The lesson's id. */
  id: string;
  /** The step's number, from 0. */
  step: number;
  /** The number of the answer that was chosen, from 0; null before. */
  answer: number | null;
  /** The language of its texts. */
  language: string;
}

/** A map of a layer. */
export interface LayerMap {
  /** Index of the layer in the message; 0 is the image. */
  layer: number;
  /** Index of the map within the layer. */
  map: number;
}

/** Which kernel a page learns. */
export interface StageLearning {
  /** 0 that of the left map, 1 that of the right one. */
  map: number;
  /** Columns of the kernel to find. */
  width: number;
  /** Rows of the kernel to find. */
  height: number;
  /** Whether it is being learned now. */
  running: boolean;
}

/** What became of an edit. */
export interface EditedMessage {
  type: "edited";
  /** Why it was refused and the kernels are as they were; null when it is live. */
  refused: string | null;
  /** What is wrong with it, as a path into the preset: $.vertical[0][2]; null when it is live. */
  member: string | null;
}

/** A preset as a file. */
export interface PresetFileMessage {
  type: "presetFile";
  /** The text of the file; null when it is refused. */
  text: string | null;
  /** Why there is no file, or null. */
  refused: string | null;
  /** What is wrong with the preset, as a path into it: $.vertical[0][2]; null when there is a file. */
  member: string | null;
}

/** What a pasted kernel text means. */
export interface KernelTextMessage {
  type: "kernelText";
  /** For which map it was pasted. */
  map: number;
  /** Whose way of writing it is; null when it is refused. */
  dialect: KernelDialect | null;
  /** The kernels as the page's grid takes them: with the gain in their weights, and turned by 180 degrees where the text's operation is not the page's. */
  kernels: WrittenKernel[];
  /** The operation that the text states, or null. */
  operation: Operation | null;
  /** What the text multiplies the sums by; it is in the weights already. */
  gain: number;
  /** What the text adds to the pixels. */
  bias: number;
  /** How the text makes pixels of sums, or null when it does not say. */
  response: Response | null;
  /** How the text treats pixels outside the image, or null when it does not say. */
  border: BorderMode | null;
  /** What the user should know about this reading of the text, one line each. */
  notices: string[];
  /** Why the text is no kernel, in one line; null when it is one. */
  refused: string | null;
}

/** Whose way of writing a kernel a text follows. */
export type KernelDialect = "numbers" | "list" | "numpy" | "matlab" | "openCv" | "c" | "imageMagick" | "ffmpeg";

/** A kernel as the page's grid shows it. */
export interface WrittenKernel {
  /** The weights, top row first. */
  weights: number[][];
  /** The weight that lies on the output pixel, or null for the centre. */
  anchor: KernelAnchor | null;
}

/** A copied kernel. */
export interface KernelCopyMessage {
  type: "kernelCopy";
  /** Which map's it is. */
  map: number;
  /** The text for the other program; null when it is refused. */
  text: string | null;
  /** Why the program has no text for this kernel, or null. */
  refused: string | null;
}

/** Whether the page may send its camera's images. */
export interface CameraMessage {
  type: "camera";
  /** Why not; null when it may. */
  refused: string | null;
}

/** How guests come in. */
export interface ShareMessage {
  type: "share";
  /** Their address, or null when it is refused. */
  guests: GuestLink | null;
  /** Why there is none, or null. */
  refused: string | null;
}

/** The address that lets guests in, for the presenter to hand on. */
export interface GuestLink {
  /** The address without its token, to be read. */
  address: string;
  /** The whole address, to be copied and drawn as a code, and never to be shown. */
  link: string;
  /** The link as a QR code: rows of squares, 1 for dark ones, with the light margin. */
  code: string[];
}

/** How a pixel came about. */
export interface ExplainedMessage {
  type: "xray";
  /** The numbers, or null when it is refused. */
  answer: PixelAnswer | null;
  /** Why there is no answer, or null. */
  refused: string | null;
}

/** How one value of a map came about. Rows and columns are lists of lists, top row first. */
export interface PixelAnswer {
  /** The number of the image that was looked at. */
  image: number;
  /** The stage whose map it is of, from 0. */
  stage: number;
  /** Which of the stage's maps, from 0. */
  channel: number;
  /** Column of the map. */
  x: number;
  /** Row of the map. */
  y: number;
  /** All stages of the preset. */
  stages: StageLine[];
  /** Columns of the image. */
  imageWidth: number;
  /** Rows of the image. */
  imageHeight: number;
  /** Columns of the stage's input maps. */
  inputWidth: number;
  /** Rows of the stage's input maps. */
  inputHeight: number;
  /** What the value is made of, one for each input map. */
  terms: PixelTerm[];
  /** Added to the sum. */
  bias: number;
  /** The least value that passes, of a threshold. */
  threshold: number;
  /** The engine's value. */
  result: number;
  /** The pixel that it becomes in a map that is shown, or null. */
  shown: ShownPixel | null;
  /** correlation or convolution. */
  operation: Operation;
  /** How values outside of the input maps are treated. */
  border: BorderMode;
  /** The output equation along a row; null where no window slides. */
  horizontally: OutputEquation | null;
  /** The output equation along a column, or null. */
  vertically: OutputEquation | null;
  /** What the value depends on, from the value itself back to the image. */
  field: FieldPart[];
}

/** A stage as the page shows it: one operation of a layer. */
export interface StageLine {
  /** Index of the layer that it belongs to. */
  layer: number;
  /** The layer's name; may be empty. */
  name: string;
  /** What it does. */
  operation: StageOperation;
  /** Number of its maps. */
  maps: number;
  /** Columns of a map. */
  width: number;
  /** Rows of a map. */
  height: number;
}

/** What one input map contributes to a value. */
export interface PixelTerm {
  /** Which map of the stage before; of the first stage, the frame, counted back in time from 0. */
  from: number;
  /** The row of the input map that each row of the window lies on; outside of the map for what the border adds. */
  rows: number[];
  /** The same for the columns. */
  columns: number[];
  /** The row that the patch's first row lies on. */
  patchTop: number;
  /** The column that the patch's first column lies on. */
  patchLeft: number;
  /** The input map around the window, border included. */
  patch: number[][];
  /** The values under the kernel, border included. */
  window: number[][];
  /** The weights as they are applied to the window; null where values are not weighted. */
  weights: number[][] | null;
  /** Window times weights, element by element, or the squares that are added; null where there are none. */
  products: number[][] | null;
}

/** How a value becomes a pixel of a map that is shown. */
export interface ShownPixel {
  /** 0 the left map, 1 the right one. */
  map: number;
  /** Factor on the value. */
  gain: number;
  /** How the product becomes a pixel: abs, offset128, positive or negative. */
  response: Response;
  /** The pixel, 0 to 255. */
  value: number;
}

/** floor((In + Before + After - Dilation*(Kernel - 1) - 1) / Stride) + 1 = Out, with the numbers of one axis. */
export interface OutputEquation {
  /** Rows or columns of the input. */
  in: number;
  /** Padding before the first. */
  before: number;
  /** Padding after the last. */
  after: number;
  /** Distance between neighbouring weights. */
  dilation: number;
  /** Rows or columns of the kernel. */
  kernel: number;
  /** Step of the window. */
  stride: number;
  /** Rows or columns of the map. */
  out: number;
  /** Rows or columns of a window. */
  window: number;
  /** Rows or columns at the end that no window reaches. */
  unused: number;
}

/** A rectangle of the maps of a stage. */
export interface FieldPart {
  /** Index of the stage; -1 for the image. */
  stage: number;
  /** Which of its maps. */
  channels: number[];
  /** First column. */
  left: number;
  /** First row. */
  top: number;
  /** Columns. */
  width: number;
  /** Rows. */
  height: number;
}

/** What a stage does with its input maps. */
export type StageOperation = "convolution" | "magnitude" | "max" | "sum" | "thin" | "abs" | "relu" | "square" | "threshold" | "maxPool" | "averagePool" | "nearest" | "bilinear" | "transposed";

/** Whether a pixel is there. */
export interface PlaceMessage {
  type: "place";
  /** Why there is no such pixel; null when there is, or when no image has come that could say so. */
  refused: string | null;
}

/** Which image is held for the page. */
export interface HeldMessage {
  type: "held";
  /** Its number; null when none is held. */
  image: number | null;
  /** Why none is held that was to be, or null. */
  refused: string | null;
}

/** The maps of all layers, first to last, as small images. */
export interface LayersMessage {
  type: "layers";
  /** The number of the image that they are of; 0 for none. */
  image: number;
  /** The layers; the first one is the image itself. */
  layers: LayerLine[];
  /** Those of the maps that are shown large beside the wall, the left one first. */
  shown: LayerMap[];
  /** The map that was requested larger, or null. */
  enlarged: SmallMap | null;
  /** Why there are no layers, or null. */
  refused: string | null;
  /** The id of the preset that was asked for; null for the image's own. */
  preset: string | null;
}

/** A layer as the wall shows it: of a preset one operation, of a network whatever it calls a layer. */
export interface LayerLine {
  /** Its name; may be empty. */
  name: string;
  /** What it does; null for the image. */
  operation: StageOperation | null;
  /** Columns of a map. */
  width: number;
  /** Rows of a map. */
  height: number;
  /** Number of its maps. */
  count: number;
  /** The value that is brightest in the small images. */
  scale: number;
  /** Small images are signed: 128 is zero, 255 the scale, 1 its negative. Else 0 is zero and 255 the scale. */
  isSigned: boolean;
  /** The first of its maps, as many as are sent. */
  maps: SmallMap[];
}

/** A small map, as messages have it. */
export interface SmallMap {
  /** Its columns. */
  width: number;
  /** Its rows. */
  height: number;
  /** One byte a pixel, row by row, in base64. */
  pixels: string;
}

/** How far a kernel is learned, or why it cannot be. */
export interface LessonMessage {
  type: "learn";
  /** 0 vertical edges, 1 horizontal edges. */
  map: number;
  /** The mean squared error before the first step and after each. */
  losses: number[];
  /** The kernel so far. */
  kernel: number[][];
  /** The preset's kernel. */
  wanted: number[][];
  /** How far the map of the kernel so far is from the preset's: the root of the mean squared error, as a part of that of no kernel at all. */
  unexplained: number;
  /** The kernel makes the map to three digits. */
  right: boolean;
  /** The smallest size of a kernel that can make this map. */
  needs: KernelSize | null;
  /** The largest side of a kernel that is learned here. */
  maxSide: number;
  /** The map that the kernel so far makes of a small image. */
  predicted: SmallMap | null;
  /** The map that the preset makes of it. */
  true: SmallMap | null;
  /** There is nothing left to learn. */
  done: boolean;
  /** Why nothing is learned; null when it is. */
  refused: string | null;
}

/** The size of a kernel. */
export interface KernelSize {
  /** Its columns. */
  width: number;
  /** Its rows. */
  height: number;
}

/** The figures of the last seconds, four times a second. Times are milliseconds. */
export interface StatsMessage {
  type: "stats";
  /** Frames since the start. */
  frames: FrameCounts;
  /** Frames per second; those shown are those that this page drew. */
  fps: FrameRates;
  /** The work on a frame, by stage. */
  ms: Partial<Record<Stage, Percentiles>>;
  /** The age of frames when this page drew them. */
  age: Percentiles;
  /** The age of the frame that this page drew last: when it drew it, and while the source is waited for, now. Null when it has none. */
  ageNow: number | null;
  /** The recording that is being written; null when there is none, and for guests. */
  recording: RecordingLine | null;
  /** Garbage collections. */
  gc: GcFigures;
  /** Pages that are open. */
  clients: number;
  /** The source's format: requested, granted and measured. */
  source: string;
}

/** Counts of frames. */
export interface FrameCounts {
  /** Frames that the source delivered. */
  in: number;
  /** Frames that were filtered. */
  out: number;
  /** Frames that a screen drew (the fastest screen, when there are several). */
  shown: number;
  /** Frames that a recorder took. */
  recorded: number;
  /** Dropped frames by cause; only causes that occurred. */
  dropped: Partial<Record<DropCause, number>>;
  /** Images that a recording wrote again to keep a constant rate. */
  repeated: number;
  /** Frames that a recording dropped to keep a constant rate. */
  leftOut: number;
}

/** Frames per second. */
export interface FrameRates {
  /** From the source. */
  in: number;
  /** Filtered. */
  out: number;
  /** Drawn. */
  shown: number;
}

/** The stages that a frame passes, each with its own work time. */
export type Stage = "capture" | "convolve" | "display" | "record";

/** The shape of a distribution of times, in milliseconds; zeros when there was no sample. */
export interface Percentiles {
  /** The median. */
  p50: number;
  /** 95 % of the samples are at most this. */
  p95: number;
  /** 99 % of the samples are at most this. */
  p99: number;
}

/** The work of the garbage collector since the start of the run. */
export interface GcFigures {
  /** Collections of generation 0. */
  gen0: number;
  /** Collections of generation 1. */
  gen1: number;
  /** Collections of generation 2. */
  gen2: number;
  /** All pauses together. */
  pauseMs: number;
}

/** Why a frame was dropped. */
export type DropCause = "superseded" | "displayBusy" | "lostBySource" | "damaged" | "recorderBusy" | "paused" | "encoderDied" | "diskFull";

/** One line for the user. */
export interface NoticeMessage {
  type: "notice";
  /** The line. */
  text: string;
  /** Something went wrong. */
  problem: boolean;
}

/** A small image, what became of it, and one step of the way. Rows and columns are lists of lists, top row first. */
export interface MicroscopeMessage {
  type: "microscope";
  /** The image that was looked at. */
  image: number[][];
  /** The image with its padding around it. */
  padded: number[][];
  /** The weights as they lie on the window: turned by 180 degrees for a convolution. Empty for a pooling. */
  kernel: number[][];
  /** The output; of a transposed convolution what the values up to this step have placed. */
  output: number[][];
  /** Column of the cell of this step, in the output; for a transposed convolution in the image. */
  x: number;
  /** Its row. */
  y: number;
  /** The row of the image that the window's first row lies on; for a transposed convolution, of the output. */
  top: number;
  /** The same for the columns. */
  left: number;
  /** The values under the window; for a transposed convolution the one value. */
  window: number[][];
  /** Window times kernel, element by element. Empty for a pooling. */
  products: number[][];
  /** The engine's value of this cell; for a transposed convolution the value that places the kernel. */
  value: number;
  /** The output equation along a row. */
  horizontally: OutputEquation | null;
  /** The output equation along a column. */
  vertically: OutputEquation | null;
  /** Why there is nothing to see, for the page to word in the lesson's language; null when there is. */
  refused: MicroscopeRefusal | null;
}

/** Why the microscope shows nothing. */
export type MicroscopeRefusal = "noImage" | "poolPadding" | "cropped" | "tooLarge";

/** What the network makes of an image. */
export interface NetworkMessage {
  type: "network";
  /** The image's number. */
  image: number;
  /** All layers, when they were requested; else null. */
  layers: NetworkLayerLine[] | null;
  /** The part of the image that it sees. */
  part: PartLine | null;
  /** That part, small; null when it is refused. */
  input: SmallMap | null;
  /** Which layer the maps are of. */
  layer: number;
  /** Its maps; null when it is refused. */
  maps: SheetLine | null;
  /** The best classes; none when the network has no labels. */
  scores: ScoreLine[];
  /** The unit that was asked about, or null. */
  unit: UnitLine | null;
  /** Why there is nothing, or null. */
  refused: string | null;
}

/** A layer, without its maps. */
export interface NetworkLayerLine {
  /** The file's name for it. */
  name: string;
  /** What it computes, in ONNX's names. */
  operators: string[];
  /** Its maps. */
  channels: number;
  /** Rows of a map. */
  height: number;
  /** Columns of a map. */
  width: number;
  /** Its weights and biases. */
  parameters: number;
  /** Products that it adds. */
  multiplyAdds: number;
  /** The layers that it reads. */
  inputs: number[];
}

/** A rectangle, in pixels. */
export interface PartLine {
  /** Its first column. */
  x: number;
  /** Its first row. */
  y: number;
  /** Its columns. */
  width: number;
  /** Its rows. */
  height: number;
}

/** Small images side by side, row by row, in one image. */
export interface SheetLine {
  /** How many maps there are in all. */
  count: number;
  /** How many of them are here. */
  shown: number;
  /** How many stand beside each other. */
  columns: number;
  /** Columns of a small image. */
  width: number;
  /** Rows of a small image. */
  height: number;
  /** The value that is brightest. */
  scale: number;
  /** 128 is zero, 255 the scale, 1 its negative. Else 0 is zero and 255 the scale. */
  isSigned: boolean;
  /** One byte a pixel, row by row of the whole sheet, in base64. */
  pixels: string;
}

/** A class. */
export interface ScoreLine {
  /** Its name. */
  label: string;
  /** From 0 to 1. */
  score: number;
}

/** How a unit came about. */
export interface UnitLine {
  /** Its map. */
  map: number;
  /** Its column. */
  x: number;
  /** Its row. */
  y: number;
  /** Its value. */
  value: number;
  /** The part of the network's input that it depends on. */
  field: PartLine;
  /** The layers that it reads. */
  from: number[];
  /** The sum of a convolution; null for other operators. */
  sum: UnitSum | null;
}

/** The products that make a unit. */
export interface UnitSum {
  /** Column of the window's first element in the input's maps; may be outside. */
  x: number;
  /** Row of it. */
  y: number;
  /** Columns from one element of the window to the next. */
  stepX: number;
  /** Rows. */
  stepY: number;
  /** The first input map that the unit reads. */
  first: number;
  /** What each input map adds. */
  parts: number[];
  /** The kernel, a map for each input map. */
  kernels: SheetLine;
  /** The input map whose elements and weights follow. */
  input: number;
  /** Its elements under the window, row by row; null outside. */
  elements: number[][];
  /** The weights on them. */
  weights: number[][];
  /** What is added to all products. */
  bias: number;
  /** What comes from another layer, or null. */
  added: number | null;
  /** Products, bias and what was added, before the operators after them. */
  total: number;
  /** Those operators. */
  after: string[];
}

/** What the newest image shows, in words. */
export interface SeenMessage {
  type: "seen";
  /** The left map; null when there is no image yet. */
  vertical: string | null;
  /** The right map. */
  horizontal: string | null;
  /** Both maps together. */
  both: string | null;
  /** The camera's image. */
  camera: string | null;
}

/** The newest image as a preset makes it, small. */
export interface ThumbnailMessage {
  type: "thumbnail";
  /** The preset's id. */
  preset: string;
  /** The left and the right map; none when it is refused. */
  maps: SmallMap[];
  /** Why there are no maps, or null. */
  refused: string | null;
}

/** One plane that a page shows. */
export interface ShownPlane {
  /** Which one. */
  plane: PlaneName;
  /** How wide it is drawn, in pixels of the device, at least 1. */
  width: number;
  /** How high it is drawn, in pixels of the device, at least 1. */
  height: number;
  /** A map as its sums with their sign, where its preset has it: 128 is zero, 255 and 1 are as bright as the map itself. */
  signed: boolean;
}

/** The planes that a page can ask for, in the order in which they travel. */
export type PlaneName = "vertical" | "horizontal" | "camera" | "signedVertical" | "signedHorizontal";

/** A kernel as somebody pasted it. */
export interface KernelTextRequest {
  /** 0 vertical edges, 1 horizontal edges: for which map it is meant; comes back with the answer. */
  map: number;
  /** The text. */
  text: string;
  /** What is done with the page's kernels: those of the answer are rotated to fit it. */
  operation: Operation;
  /** How sums become pixels on the page. */
  response: Response;
  /** How the page's kernels treat pixels outside the image. */
  border: BorderMode;
}

/** A kernel that somebody copies for another program. */
export interface KernelCopyRequest {
  /** 0 vertical edges, 1 horizontal edges: which map's it is; comes back with the answer. */
  map: number;
  /** For which program. */
  dialect: KernelDialect;
  /** The weights, top row first. */
  weights: number[][];
  /** The weight that lies on the output pixel, or null for the centre. */
  anchor: KernelAnchor | null;
  /** What is done with the kernel here. */
  operation: Operation;
  /** How sums become pixels here. */
  response: Response;
  /** Factor on the sums here. */
  gain: number;
}

/** How the layers are to be sent. */
export interface LayersRequest {
  /** Columns of a small image, at most; 16 to 320. */
  width: number;
  /** A map to send larger as well, or null. */
  enlarged: LayerMap | null;
  /** The id of a preset, whose layers are made of a small copy of the newest image; null for the image's own. */
  preset: string | null;
}

/** What of the network a page wants to see. */
export interface NetworkRequest {
  /** Index of the layer; 0 is the input. */
  layer: number;
  /** Columns of a small map, at most; 8 to 320. */
  width: number;
  /** Whether all layers are listed, too. */
  withLayers: boolean;
  /** A unit of the layer to explain, or null. */
  unit: UnitQuestion | null;
}

/** Which unit of a layer. */
export interface UnitQuestion {
  /** Its map. */
  map: number;
  /** Its column. */
  x: number;
  /** Its row. */
  y: number;
  /** The input map whose products are shown; null for the one that adds or takes most. */
  input: number | null;
}

/** Which kernel to learn. */
export interface LessonRequest {
  /** 0 vertical edges, 1 horizontal edges. */
  map: number;
  /** Columns of the kernel to find, 1 to 7. */
  width: number;
  /** Rows of the kernel to find, 1 to 7. */
  height: number;
}

/** What somebody expects of a step of a lesson. */
export interface Prediction {
  /** The lesson's id. */
  lesson: string;
  /** The step's number, from 0. */
  step: number;
  /** The chosen answer's number, from 0. */
  answer: number;
}

/** The images that a page's camera sends. */
export interface CameraOffer {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** The display name; null when the page knows none. */
  name: string | null;
  /** What the page requested of its browser; null for no mode in particular. */
  requested: CameraMode | null;
  /** Images a second, as the browser says; null when it does not. */
  fps: number | null;
}

/** A mode that a page requested of its browser. */
export interface CameraMode {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Images a second. */
  fps: number;
}

/** Asks whether a pixel is there, in the maps of the newest image or in those that another preset would make of it. */
export interface PlaceQuestion {
  /** The pixel; null to ask about the preset alone. */
  pixel: PixelQuestion | null;
  /** The other preset's id; null for the one in use. */
  preset: string | null;
  /** In place of an id, a preset as it stands in files; or null. */
  document: PresetDocument | null;
}
