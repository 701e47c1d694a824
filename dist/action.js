import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));
import {
  CAPS,
  COMMENT_LIMIT,
  DEFAULT_FILE,
  README,
  SERIES_FILE,
  WINDOW_FILE,
  baselineNames,
  brokenBaseline,
  buildReport,
  cancelledBySignals,
  changeSentence,
  code,
  commitOf,
  criteriaOf,
  decodeResult,
  defaultCriteria,
  describeProgress,
  encodeBaseline,
  environmentDifferences,
  exitCode,
  external_exports,
  fileStore,
  formatHeading,
  formatMarkdown,
  formatSection,
  formatShortSection,
  formatSummary,
  gitBase,
  isUnlike,
  judge,
  limitSentence,
  linkTarget,
  lookUp,
  makeWorld,
  metricCatalogue,
  newestFirst,
  nothingMeasured,
  overallVerdict,
  parseConfig,
  parseSource,
  plain,
  plainVoice,
  prose,
  readConfig,
  readEnvironment,
  reproduction,
  run,
  seriesFolder,
  seriesHash,
  shellWord,
  thresholdSize,
  verdictWord
} from "./chunk-HYTSSQQW.js";
import "./chunk-4C5J6HC5.js";
import {
  ConfigError,
  DocumentError,
  UsageError
} from "./chunk-7RQUT3IG.js";
import "./chunk-DXG7GG44.js";
import "./chunk-5XRB6BAW.js";
import {
  Octokit,
  core_exports,
  legacyRestEndpointMethods,
  paginateRest,
  requestLog,
  require_light,
  setFailed,
  setSecret,
  summary
} from "./chunk-Q7E2GWXX.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-JDI7PFEP.js";

// node_modules/pend/index.js
var require_pend = __commonJS({
  "node_modules/pend/index.js"(exports, module) {
    module.exports = Pend;
    function Pend() {
      this.pending = 0;
      this.max = Infinity;
      this.listeners = [];
      this.waiting = [];
      this.error = null;
    }
    Pend.prototype.go = function(fn) {
      if (this.pending < this.max) {
        pendGo(this, fn);
      } else {
        this.waiting.push(fn);
      }
    };
    Pend.prototype.wait = function(cb) {
      if (this.pending === 0) {
        cb(this.error);
      } else {
        this.listeners.push(cb);
      }
    };
    Pend.prototype.hold = function() {
      return pendHold(this);
    };
    function pendHold(self) {
      self.pending += 1;
      var called = false;
      return onCb;
      function onCb(err) {
        if (called) throw new Error("callback called twice");
        called = true;
        self.error = self.error || err;
        self.pending -= 1;
        if (self.waiting.length > 0 && self.pending < self.max) {
          pendGo(self, self.waiting.shift());
        } else if (self.pending === 0) {
          var listeners = self.listeners;
          self.listeners = [];
          listeners.forEach(cbListener);
        }
      }
      function cbListener(listener) {
        listener(self.error);
      }
    }
    function pendGo(self, fn) {
      fn(pendHold(self));
    }
  }
});

// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = __commonJS({
  "node_modules/yauzl/fd-slicer.js"(exports) {
    var fs = __require("fs");
    var util = __require("util");
    var stream = __require("stream");
    var Readable = stream.Readable;
    var PassThrough = stream.PassThrough;
    var Pend = require_pend();
    var EventEmitter = __require("events").EventEmitter;
    exports.BufferSlicer = BufferSlicer;
    exports.FdSlicer = FdSlicer;
    util.inherits(FdSlicer, EventEmitter);
    function FdSlicer(fd) {
      EventEmitter.call(this);
      this.fd = fd;
      this.pend = new Pend();
      this.pend.max = 1;
      this.refCount = 0;
    }
    FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
      var self = this;
      self.pend.go(function(cb) {
        fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer2) {
          cb();
          callback(err, bytesRead, buffer2);
        });
      });
    };
    FdSlicer.prototype.createReadStream = function(options2) {
      return new ReadStream(this, options2);
    };
    FdSlicer.prototype.ref = function() {
      this.refCount += 1;
    };
    FdSlicer.prototype.unref = function() {
      var self = this;
      self.refCount -= 1;
      if (self.refCount < 0) throw new Error("invalid unref");
      if (self.refCount > 0) return;
      fs.close(self.fd, onCloseDone);
      function onCloseDone(err) {
        if (err) {
          self.emit("error", err);
        } else {
          self.emit("close");
        }
      }
    };
    util.inherits(ReadStream, Readable);
    function ReadStream(context, options2) {
      options2 = options2 || {};
      Readable.call(this, options2);
      this.context = context;
      this.context.ref();
      this.start = options2.start || 0;
      this.endOffset = options2.end;
      this.pos = this.start;
    }
    ReadStream.prototype._read = function(n) {
      var self = this;
      var toRead = Math.min(self._readableState.highWaterMark, n);
      if (self.endOffset != null) {
        toRead = Math.min(toRead, self.endOffset - self.pos);
      }
      if (toRead <= 0) {
        self.push(null);
        this._cleanup();
        return;
      }
      self.context.pend.go(function(cb) {
        var buffer = Buffer.allocUnsafe(toRead);
        fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
          if (err) {
            self.destroy(err);
          } else if (bytesRead === 0) {
            self.push(null);
            self._cleanup();
          } else {
            self.pos += bytesRead;
            self.push(buffer.slice(0, bytesRead));
          }
          cb();
        });
      });
    };
    ReadStream.prototype._destroy = function(err, cb) {
      this._cleanup();
      cb(err);
    };
    ReadStream.prototype._cleanup = function() {
      if (this.context != null) {
        this.context.unref();
        this.context = null;
      }
    };
    util.inherits(BufferSlicer, EventEmitter);
    function BufferSlicer(buffer) {
      EventEmitter.call(this);
      this.refCount = 0;
      this.buffer = buffer;
    }
    BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
      if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
      if (position < 0) throw new RangeError("position is negative: " + position);
      if (offset + length > buffer.length) {
        length = buffer.length - offset;
      }
      if (position + length > this.buffer.length) {
        length = this.buffer.length - position;
      }
      if (length <= 0) {
        setImmediate(function() {
          callback(null, 0);
        });
        return;
      }
      this.buffer.copy(buffer, offset, position, position + length);
      setImmediate(function() {
        callback(null, length);
      });
    };
    BufferSlicer.prototype.createReadStream = function(options2) {
      options2 = options2 || {};
      var readStream = new PassThrough(options2);
      readStream.start = options2.start || 0;
      readStream.endOffset = options2.end;
      readStream.pos = readStream.endOffset || this.buffer.length;
      var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
      var maxChunkSize = 65536;
      var offset = 0;
      while (true) {
        var nextOffset = offset + maxChunkSize;
        if (nextOffset >= entireSlice.length) {
          if (offset < entireSlice.length) {
            readStream.write(entireSlice.slice(offset, entireSlice.length));
          }
          break;
        }
        readStream.write(entireSlice.slice(offset, nextOffset));
        offset = nextOffset;
      }
      readStream.end();
      return readStream;
    };
    BufferSlicer.prototype.ref = function() {
      this.refCount += 1;
    };
    BufferSlicer.prototype.unref = function() {
      this.refCount -= 1;
      if (this.refCount < 0) {
        throw new Error("invalid unref");
      }
    };
  }
});

// node_modules/yauzl/crc32.js
var require_crc32 = __commonJS({
  "node_modules/yauzl/crc32.js"(exports, module) {
    var CRC_TABLE = new Int32Array([
      0,
      1996959894,
      3993919788,
      2567524794,
      124634137,
      1886057615,
      3915621685,
      2657392035,
      249268274,
      2044508324,
      3772115230,
      2547177864,
      162941995,
      2125561021,
      3887607047,
      2428444049,
      498536548,
      1789927666,
      4089016648,
      2227061214,
      450548861,
      1843258603,
      4107580753,
      2211677639,
      325883990,
      1684777152,
      4251122042,
      2321926636,
      335633487,
      1661365465,
      4195302755,
      2366115317,
      997073096,
      1281953886,
      3579855332,
      2724688242,
      1006888145,
      1258607687,
      3524101629,
      2768942443,
      901097722,
      1119000684,
      3686517206,
      2898065728,
      853044451,
      1172266101,
      3705015759,
      2882616665,
      651767980,
      1373503546,
      3369554304,
      3218104598,
      565507253,
      1454621731,
      3485111705,
      3099436303,
      671266974,
      1594198024,
      3322730930,
      2970347812,
      795835527,
      1483230225,
      3244367275,
      3060149565,
      1994146192,
      31158534,
      2563907772,
      4023717930,
      1907459465,
      112637215,
      2680153253,
      3904427059,
      2013776290,
      251722036,
      2517215374,
      3775830040,
      2137656763,
      141376813,
      2439277719,
      3865271297,
      1802195444,
      476864866,
      2238001368,
      4066508878,
      1812370925,
      453092731,
      2181625025,
      4111451223,
      1706088902,
      314042704,
      2344532202,
      4240017532,
      1658658271,
      366619977,
      2362670323,
      4224994405,
      1303535960,
      984961486,
      2747007092,
      3569037538,
      1256170817,
      1037604311,
      2765210733,
      3554079995,
      1131014506,
      879679996,
      2909243462,
      3663771856,
      1141124467,
      855842277,
      2852801631,
      3708648649,
      1342533948,
      654459306,
      3188396048,
      3373015174,
      1466479909,
      544179635,
      3110523913,
      3462522015,
      1591671054,
      702138776,
      2966460450,
      3352799412,
      1504918807,
      783551873,
      3082640443,
      3233442989,
      3988292384,
      2596254646,
      62317068,
      1957810842,
      3939845945,
      2647816111,
      81470997,
      1943803523,
      3814918930,
      2489596804,
      225274430,
      2053790376,
      3826175755,
      2466906013,
      167816743,
      2097651377,
      4027552580,
      2265490386,
      503444072,
      1762050814,
      4150417245,
      2154129355,
      426522225,
      1852507879,
      4275313526,
      2312317920,
      282753626,
      1742555852,
      4189708143,
      2394877945,
      397917763,
      1622183637,
      3604390888,
      2714866558,
      953729732,
      1340076626,
      3518719985,
      2797360999,
      1068828381,
      1219638859,
      3624741850,
      2936675148,
      906185462,
      1090812512,
      3747672003,
      2825379669,
      829329135,
      1181335161,
      3412177804,
      3160834842,
      628085408,
      1382605366,
      3423369109,
      3138078467,
      570562233,
      1426400815,
      3317316542,
      2998733608,
      733239954,
      1555261956,
      3268935591,
      3050360625,
      752459403,
      1541320221,
      2607071920,
      3965973030,
      1969922972,
      40735498,
      2617837225,
      3943577151,
      1913087877,
      83908371,
      2512341634,
      3803740692,
      2075208622,
      213261112,
      2463272603,
      3855990285,
      2094854071,
      198958881,
      2262029012,
      4057260610,
      1759359992,
      534414190,
      2176718541,
      4139329115,
      1873836001,
      414664567,
      2282248934,
      4279200368,
      1711684554,
      285281116,
      2405801727,
      4167216745,
      1634467795,
      376229701,
      2685067896,
      3608007406,
      1308918612,
      956543938,
      2808555105,
      3495958263,
      1231636301,
      1047427035,
      2932959818,
      3654703836,
      1088359270,
      936918e3,
      2847714899,
      3736837829,
      1202900863,
      817233897,
      3183342108,
      3401237130,
      1404277552,
      615818150,
      3134207493,
      3453421203,
      1423857449,
      601450431,
      3009837614,
      3294710456,
      1567103746,
      711928724,
      3020668471,
      3272380065,
      1510334235,
      755167117
    ]);
    function crc32(buf) {
      let crc = -1;
      for (let x of buf) {
        crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
      }
      return (crc ^ -1) >>> 0;
    }
    module.exports = crc32;
  }
});

// node_modules/yauzl/index.js
var require_yauzl = __commonJS({
  "node_modules/yauzl/index.js"(exports) {
    var fs = __require("fs");
    var zlib = __require("zlib");
    var fd_slicer = require_fd_slicer();
    var util = __require("util");
    var EventEmitter = __require("events").EventEmitter;
    var Transform = __require("stream").Transform;
    var PassThrough = __require("stream").PassThrough;
    var Writable = __require("stream").Writable;
    var crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
    exports.open = open;
    exports.fromFd = fromFd;
    exports.fromBuffer = fromBuffer;
    exports.fromRandomAccessReader = fromRandomAccessReader;
    exports.openPromise = openPromise;
    exports.fromFdPromise = fromFdPromise;
    exports.fromBufferPromise = fromBufferPromise2;
    exports.fromRandomAccessReaderPromise = fromRandomAccessReaderPromise;
    exports.dosDateTimeToDate = dosDateTimeToDate;
    exports.getFileNameLowLevel = getFileNameLowLevel;
    exports.validateFileName = validateFileName;
    exports.parseExtraFields = parseExtraFields;
    exports.ZipFile = ZipFile;
    exports.Entry = Entry;
    exports.LocalFileHeader = LocalFileHeader;
    exports.RandomAccessReader = RandomAccessReader;
    function openPromise(path, options2) {
      return new Promise((resolve4, reject) => {
        open(path, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve4(zipfile);
        });
      });
    }
    function fromFdPromise(fd, options2) {
      return new Promise((resolve4, reject) => {
        fromFd(fd, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve4(zipfile);
        });
      });
    }
    function fromBufferPromise2(buffer, options2) {
      return new Promise((resolve4, reject) => {
        fromBuffer(buffer, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve4(zipfile);
        });
      });
    }
    function fromRandomAccessReaderPromise(reader, totalSize, options2) {
      return new Promise((resolve4, reject) => {
        fromRandomAccessReader(reader, totalSize, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve4(zipfile);
        });
      });
    }
    function open(path, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      if (options2.autoClose == null) options2.autoClose = true;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      if (callback == null) callback = defaultCallback;
      fs.open(path, "r", function(err, fd) {
        if (err) return callback(err);
        fromFd(fd, options2, function(err2, zipfile) {
          if (err2) fs.close(fd, defaultCallback);
          callback(err2, zipfile);
        });
      });
    }
    function fromFd(fd, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      if (options2.autoClose == null) options2.autoClose = false;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      if (callback == null) callback = defaultCallback;
      fs.fstat(fd, function(err, stats) {
        if (err) return callback(err);
        var reader = new fd_slicer.FdSlicer(fd);
        fromRandomAccessReader(reader, stats.size, options2, callback);
      });
    }
    function fromBuffer(buffer, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      options2.autoClose = false;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      var reader = new fd_slicer.BufferSlicer(buffer);
      fromRandomAccessReader(reader, buffer.length, options2, callback);
    }
    function fromRandomAccessReader(reader, totalSize, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      if (options2.autoClose == null) options2.autoClose = true;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      var decodeStrings = !!options2.decodeStrings;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      if (callback == null) callback = defaultCallback;
      if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
      if (totalSize > Number.MAX_SAFE_INTEGER) {
        throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
      }
      reader.ref();
      var eocdrWithoutCommentSize = 22;
      var zip64EocdlSize = 20;
      var maxCommentSize = 65535;
      var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + maxCommentSize, totalSize);
      var buffer = newBuffer(bufferSize);
      var bufferReadStart = totalSize - buffer.length;
      readAndAssertNoEof(reader, buffer, 0, bufferSize, bufferReadStart, function(err) {
        if (err) return callback(err);
        for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
          if (buffer.readUInt32LE(i) !== 101010256) continue;
          var eocdrBuffer = buffer.subarray(i);
          var diskNumber = eocdrBuffer.readUInt16LE(4);
          var entryCount = eocdrBuffer.readUInt16LE(10);
          var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
          var commentLength = eocdrBuffer.readUInt16LE(20);
          var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
          if (commentLength !== expectedCommentLength) {
            return callback(new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK\u263A\u263B` in the comment?"));
          }
          var comment2 = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
          if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
            var zip64EocdlBuffer = buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize);
            var zip64EocdrOffset = readUInt64LE(zip64EocdlBuffer, 8);
            var zip64EocdrBuffer = newBuffer(56);
            return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err2) {
              if (err2) return callback(err2);
              if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) {
                return callback(new Error("invalid zip64 end of central directory record signature"));
              }
              diskNumber = zip64EocdrBuffer.readUInt32LE(16);
              if (diskNumber !== 0) {
                return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
              }
              entryCount = readUInt64LE(zip64EocdrBuffer, 32);
              centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
              return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment2, options2.autoClose, options2.lazyEntries, decodeStrings, options2.validateEntrySizes, options2.strictFileNames));
            });
          }
          if (diskNumber !== 0) {
            return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
          }
          return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment2, options2.autoClose, options2.lazyEntries, decodeStrings, options2.validateEntrySizes, options2.strictFileNames));
        }
        callback(new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
      });
    }
    util.inherits(ZipFile, EventEmitter);
    function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment2, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
      var self = this;
      EventEmitter.call(self);
      self.reader = reader;
      self.reader.on("error", function(err) {
        emitError(self, err);
      });
      self.reader.once("close", function() {
        self.emit("close");
      });
      self.readEntryCursor = centralDirectoryOffset;
      self.fileSize = fileSize;
      self.entryCount = entryCount;
      self.comment = comment2;
      self.entriesRead = 0;
      self.autoClose = !!autoClose;
      self.lazyEntries = !!lazyEntries;
      self.decodeStrings = !!decodeStrings;
      self.validateEntrySizes = !!validateEntrySizes;
      self.strictFileNames = !!strictFileNames;
      self.isOpen = true;
      self.emittedError = false;
      self.hasEachEntryBeenCalled = false;
      if (!self.lazyEntries) self._readEntry();
    }
    ZipFile.prototype.close = function() {
      if (!this.isOpen) return;
      this.isOpen = false;
      this.reader.unref();
    };
    function emitErrorAndAutoClose(self, err) {
      if (self.autoClose) self.close();
      emitError(self, err);
    }
    function emitError(self, err) {
      if (self.emittedError) return;
      self.emittedError = true;
      self.emit("error", err);
    }
    ZipFile.prototype.readEntry = function() {
      if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
      this._readEntry();
    };
    ZipFile.prototype._readEntry = function() {
      var self = this;
      if (self.entryCount === self.entriesRead) {
        setImmediate(function() {
          if (self.autoClose) self.close();
          if (self.emittedError) return;
          self.emit("end");
        });
        return;
      }
      if (self.emittedError) return;
      var buffer = newBuffer(46);
      readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
        if (err) return emitErrorAndAutoClose(self, err);
        if (self.emittedError) return;
        var entry = new Entry();
        var signature = buffer.readUInt32LE(0);
        if (signature !== 33639248) return emitErrorAndAutoClose(self, new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
        entry.versionMadeBy = buffer.readUInt16LE(4);
        entry.versionNeededToExtract = buffer.readUInt16LE(6);
        entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
        entry.compressionMethod = buffer.readUInt16LE(10);
        entry.lastModFileTime = buffer.readUInt16LE(12);
        entry.lastModFileDate = buffer.readUInt16LE(14);
        entry.crc32 = buffer.readUInt32LE(16);
        entry.compressedSize = buffer.readUInt32LE(20);
        entry.uncompressedSize = buffer.readUInt32LE(24);
        entry.fileNameLength = buffer.readUInt16LE(28);
        entry.extraFieldLength = buffer.readUInt16LE(30);
        entry.fileCommentLength = buffer.readUInt16LE(32);
        entry.internalFileAttributes = buffer.readUInt16LE(36);
        entry.externalFileAttributes = buffer.readUInt32LE(38);
        entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
        if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, new Error("strong encryption is not supported"));
        self.readEntryCursor += 46;
        buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
        readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err2) {
          if (err2) return emitErrorAndAutoClose(self, err2);
          if (self.emittedError) return;
          entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
          var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
          entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
          entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
          try {
            entry.extraFields = parseExtraFields(entry.extraFieldRaw);
          } catch (err3) {
            return emitErrorAndAutoClose(self, err3);
          }
          if (self.decodeStrings) {
            var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
            entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
            entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
            var errorMessage = validateFileName(entry.fileName);
            if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
          } else {
            entry.fileComment = entry.fileCommentRaw;
            entry.fileName = entry.fileNameRaw;
          }
          entry.comment = entry.fileComment;
          self.readEntryCursor += buffer.length;
          self.entriesRead += 1;
          for (var i = 0; i < entry.extraFields.length; i++) {
            var extraField = entry.extraFields[i];
            if (extraField.id !== 1) continue;
            var zip64EiefBuffer = extraField.data;
            var index = 0;
            if (entry.uncompressedSize === 4294967295) {
              if (index + 8 > zip64EiefBuffer.length) {
                return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include uncompressed size"));
              }
              entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
              index += 8;
            }
            if (entry.compressedSize === 4294967295) {
              if (index + 8 > zip64EiefBuffer.length) {
                return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include compressed size"));
              }
              entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
              index += 8;
            }
            if (entry.relativeOffsetOfLocalHeader === 4294967295) {
              if (index + 8 > zip64EiefBuffer.length) {
                return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include relative header offset"));
              }
              entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
              index += 8;
            }
            break;
          }
          if (self.validateEntrySizes && entry.compressionMethod === 0) {
            var expectedCompressedSize = entry.uncompressedSize;
            if (entry.isEncrypted()) {
              expectedCompressedSize += 12;
            }
            if (entry.compressedSize !== expectedCompressedSize) {
              var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
              return emitErrorAndAutoClose(self, new Error(msg));
            }
          }
          self.emit("entry", entry);
          if (!self.lazyEntries) self._readEntry();
        });
      });
    };
    ZipFile.prototype.eachEntry = function() {
      const self = this;
      if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
      if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
      self.hasEachEntryBeenCalled = true;
      let pendingResolveReject = null;
      self.on("entry", onEntry);
      self.on("end", onEnd);
      self.on("error", onError);
      function cleanup() {
        self.removeListener("entry", onEntry);
        self.removeListener("end", onEnd);
        self.removeListener("error", onError);
        if (self.autoClose) self.close();
      }
      function onEntry(entry) {
        let { resolve: resolve4 } = pendingResolveReject;
        pendingResolveReject = null;
        resolve4({ value: entry });
      }
      function onEnd() {
        let { resolve: resolve4 } = pendingResolveReject;
        pendingResolveReject = null;
        cleanup();
        resolve4({ done: true });
      }
      function onError(err) {
        let { reject } = pendingResolveReject;
        pendingResolveReject = null;
        cleanup();
        reject(err);
      }
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        next() {
          const promise = new Promise((resolve4, reject) => {
            if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
            pendingResolveReject = { resolve: resolve4, reject };
          });
          self.readEntry();
          return promise;
        },
        return(value) {
          cleanup();
          return Promise.resolve({ done: true, value });
        },
        throw(value) {
          cleanup();
          return Promise.reject(value);
        }
      };
    };
    ZipFile.prototype.openReadStream = function(entry, options2, callback) {
      var self = this;
      var relativeStart = 0;
      var relativeEnd = entry.compressedSize;
      if (callback == null) {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) {
        options2 = {};
      } else {
        if (options2.decodeFileData === false) {
          if (options2.decrypt != null) {
            throw new Error("cannot use options.decrypt when options.decodeFileData === false");
          }
          if (options2.decompress != null) {
            throw new Error("cannot use options.decompress when options.decodeFileData === false");
          }
        } else {
          if (options2.decrypt != null) {
            if (!entry.isEncrypted()) {
              throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
            }
            if (options2.decrypt !== false) throw new Error("invalid options.decrypt value: " + options2.decrypt);
            if (entry.isCompressed()) {
              if (options2.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
            }
          }
          if (options2.decompress != null) {
            if (!entry.isCompressed()) {
              throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
            }
            if (!(options2.decompress === false || options2.decompress === true)) {
              throw new Error("invalid options.decompress value: " + options2.decompress);
            }
            decompress = options2.decompress;
          }
        }
        if (options2.start != null) {
          relativeStart = options2.start;
          if (relativeStart < 0) throw new Error("options.start < 0");
          if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
        }
        if (options2.end != null) {
          relativeEnd = options2.end;
          if (relativeEnd < 0) throw new Error("options.end < 0");
          if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
          if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
        }
      }
      var rawMode = options2.decodeFileData === false || // Explicitly requested raw.
      (entry.compressionMethod === 0 || // Naturally without compression.
      entry.compressionMethod === 8 && options2.decompress === false) && (!entry.isEncrypted() || // Naturally without encryption.
      options2.decrypt === false);
      if (options2.start != null || options2.end != null) {
        if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
      }
      if (!self.isOpen) return callback(new Error("closed"));
      if (entry.isEncrypted() && !rawMode) {
        if (options2.decrypt !== false) return callback(new Error("entry is encrypted, and options.decodeFileData !== false"));
      }
      var decompress;
      if (rawMode) {
        decompress = false;
      } else if (entry.compressionMethod === 8) {
        decompress = options2.decodeFileData !== true;
      } else {
        return callback(new Error("unsupported compression method: " + entry.compressionMethod));
      }
      self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
        if (err) return callback(err);
        self.openReadStreamLowLevel(
          localFileHeader.fileDataStart,
          entry.compressedSize,
          relativeStart,
          relativeEnd,
          decompress,
          entry.uncompressedSize,
          callback
        );
      });
    };
    ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
      var self = this;
      var fileDataEnd = fileDataStart + compressedSize;
      var readStream = self.reader.createReadStream({
        start: fileDataStart + relativeStart,
        end: fileDataStart + relativeEnd
      });
      var endpointStream = readStream;
      if (decompress) {
        var destroyed = false;
        var inflateFilter = zlib.createInflateRaw();
        readStream.on("error", function(err) {
          setImmediate(function() {
            if (!destroyed) inflateFilter.emit("error", err);
          });
        });
        readStream.pipe(inflateFilter);
        if (self.validateEntrySizes) {
          endpointStream = new AssertByteCountStream(uncompressedSize);
          inflateFilter.on("error", function(err) {
            setImmediate(function() {
              if (!destroyed) endpointStream.emit("error", err);
            });
          });
          inflateFilter.pipe(endpointStream);
        } else {
          endpointStream = inflateFilter;
        }
        installDestroyFn(endpointStream, function() {
          destroyed = true;
          if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
          readStream.unpipe(inflateFilter);
          readStream.destroy();
        });
      }
      callback(null, endpointStream);
    };
    ZipFile.prototype.readLocalFileHeader = function(entry, options2, callback) {
      var self = this;
      if (callback == null) {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      self.reader.ref();
      var buffer = newBuffer(30);
      readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
        try {
          if (err) return callback(err);
          var signature = buffer.readUInt32LE(0);
          if (signature !== 67324752) {
            return callback(new Error("invalid local file header signature: 0x" + signature.toString(16)));
          }
          var fileNameLength = buffer.readUInt16LE(26);
          var extraFieldLength = buffer.readUInt16LE(28);
          var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
          if (fileDataStart + entry.compressedSize > self.fileSize) {
            return callback(new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
          }
          if (options2.minimal) {
            return callback(null, { fileDataStart });
          }
          var localFileHeader = new LocalFileHeader();
          localFileHeader.fileDataStart = fileDataStart;
          localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
          localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
          localFileHeader.compressionMethod = buffer.readUInt16LE(8);
          localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
          localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
          localFileHeader.crc32 = buffer.readUInt32LE(14);
          localFileHeader.compressedSize = buffer.readUInt32LE(18);
          localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
          localFileHeader.fileNameLength = fileNameLength;
          localFileHeader.extraFieldLength = extraFieldLength;
          buffer = newBuffer(fileNameLength + extraFieldLength);
          self.reader.ref();
          readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err2) {
            try {
              if (err2) return callback(err2);
              localFileHeader.fileName = buffer.subarray(0, fileNameLength);
              localFileHeader.extraField = buffer.subarray(fileNameLength);
              return callback(null, localFileHeader);
            } finally {
              self.reader.unref();
            }
          });
        } finally {
          self.reader.unref();
        }
      });
    };
    ZipFile.prototype.openReadStreamPromise = function(entry, options2) {
      return new Promise((resolve4, reject) => {
        this.openReadStream(entry, options2, function(err, readStream) {
          if (err) return reject(err);
          resolve4(readStream);
        });
      });
    };
    ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
      return new Promise((resolve4, reject) => {
        this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
          if (err) return reject(err);
          resolve4(readStream);
        });
      });
    };
    ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options2) {
      return new Promise((resolve4, reject) => {
        this.readLocalFileHeader(entry, options2, function(err, localFileHeader) {
          if (err) return reject(err);
          resolve4(localFileHeader);
        });
      });
    };
    function Entry() {
    }
    Entry.prototype.getLastModDate = function(options2) {
      if (options2 == null) options2 = {};
      if (!options2.forceDosFormat) {
        for (var i = 0; i < this.extraFields.length; i++) {
          var extraField = this.extraFields[i];
          if (extraField.id === 21589) {
            var data = extraField.data;
            if (data.length < 5) continue;
            var flags = data[0];
            var HAS_MTIME = 1;
            if (!(flags & HAS_MTIME)) continue;
            var posixTimestamp = data.readInt32LE(1);
            return new Date(posixTimestamp * 1e3);
          } else if (extraField.id === 10) {
            var data = extraField.data;
            if (data.length !== 32) continue;
            if (data.readUInt16LE(4) !== 1) continue;
            if (data.readUInt16LE(6) !== 24) continue;
            var hundredNanoSecondsSince1601 = data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12);
            var millisecondsSince1970 = hundredNanoSecondsSince1601 / 1e4 - 116444736e5;
            return new Date(millisecondsSince1970);
          }
        }
      }
      return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options2.timezone);
    };
    Entry.prototype.canDecodeFileData = function() {
      return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
    };
    Entry.prototype.isEncrypted = function() {
      return (this.generalPurposeBitFlag & 1) !== 0;
    };
    Entry.prototype.isCompressed = function() {
      return this.compressionMethod === 8;
    };
    function LocalFileHeader() {
    }
    function dosDateTimeToDate(date, time, timezone) {
      var day = date & 31;
      var month = (date >> 5 & 15) - 1;
      var year = (date >> 9 & 127) + 1980;
      var millisecond = 0;
      var second = (time & 31) * 2;
      var minute = time >> 5 & 63;
      var hour = time >> 11 & 31;
      if (timezone == null || timezone === "local") {
        return new Date(year, month, day, hour, minute, second, millisecond);
      } else if (timezone === "UTC") {
        return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
      } else {
        throw new Error("unrecognized options.timezone: " + options.timezone);
      }
    }
    function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
      var fileName = null;
      for (var i = 0; i < extraFields.length; i++) {
        var extraField = extraFields[i];
        if (extraField.id === 28789) {
          if (extraField.data.length < 6) {
            continue;
          }
          if (extraField.data.readUInt8(0) !== 1) {
            continue;
          }
          var oldNameCrc32 = extraField.data.readUInt32LE(1);
          if (crc32(fileNameBuffer) !== oldNameCrc32) {
            continue;
          }
          fileName = decodeBuffer(extraField.data.subarray(5), true);
          break;
        }
      }
      if (fileName == null) {
        var isUtf8 = (generalPurposeBitFlag & 2048) !== 0;
        fileName = decodeBuffer(fileNameBuffer, isUtf8);
      }
      if (!strictFileNames) {
        fileName = fileName.replace(/\\/g, "/");
      }
      return fileName;
    }
    function validateFileName(fileName) {
      if (fileName.indexOf("\\") !== -1) {
        return "invalid characters in fileName: " + fileName;
      }
      if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) {
        return "absolute path: " + fileName;
      }
      if (fileName.split("/").indexOf("..") !== -1) {
        return "invalid relative path: " + fileName;
      }
      return null;
    }
    function parseExtraFields(extraFieldBuffer) {
      var extraFields = [];
      var i = 0;
      while (i < extraFieldBuffer.length - 3) {
        var headerId = extraFieldBuffer.readUInt16LE(i + 0);
        var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
        var dataStart = i + 4;
        var dataEnd = dataStart + dataSize;
        if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
        var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
        extraFields.push({
          id: headerId,
          data: dataBuffer
        });
        i = dataEnd;
      }
      return extraFields;
    }
    function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
      if (length === 0) {
        return setImmediate(function() {
          callback(null, newBuffer(0));
        });
      }
      reader.read(buffer, offset, length, position, function(err, bytesRead) {
        if (err) return callback(err);
        if (bytesRead < length) {
          return callback(new Error("unexpected EOF"));
        }
        callback();
      });
    }
    util.inherits(AssertByteCountStream, Transform);
    function AssertByteCountStream(byteCount) {
      Transform.call(this);
      this.actualByteCount = 0;
      this.expectedByteCount = byteCount;
    }
    AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
      this.actualByteCount += chunk.length;
      if (this.actualByteCount > this.expectedByteCount) {
        var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
        return cb(new Error(msg));
      }
      cb(null, chunk);
    };
    AssertByteCountStream.prototype._flush = function(cb) {
      if (this.actualByteCount < this.expectedByteCount) {
        var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
        return cb(new Error(msg));
      }
      cb();
    };
    util.inherits(RandomAccessReader, EventEmitter);
    function RandomAccessReader() {
      EventEmitter.call(this);
      this.refCount = 0;
    }
    RandomAccessReader.prototype.ref = function() {
      this.refCount += 1;
    };
    RandomAccessReader.prototype.unref = function() {
      var self = this;
      self.refCount -= 1;
      if (self.refCount > 0) return;
      if (self.refCount < 0) throw new Error("invalid unref");
      self.close(onCloseDone);
      function onCloseDone(err) {
        if (err) return self.emit("error", err);
        self.emit("close");
      }
    };
    RandomAccessReader.prototype.createReadStream = function(options2) {
      if (options2 == null) options2 = {};
      var start = options2.start;
      var end = options2.end;
      if (start === end) {
        var emptyStream = new PassThrough();
        setImmediate(function() {
          emptyStream.end();
        });
        return emptyStream;
      }
      var stream = this._readStreamForRange(start, end);
      var destroyed = false;
      var refUnrefFilter = new RefUnrefFilter(this);
      stream.on("error", function(err) {
        setImmediate(function() {
          if (!destroyed) refUnrefFilter.emit("error", err);
        });
      });
      installDestroyFn(refUnrefFilter, function() {
        stream.unpipe(refUnrefFilter);
        refUnrefFilter.unref();
        stream.destroy();
      });
      var byteCounter = new AssertByteCountStream(end - start);
      refUnrefFilter.on("error", function(err) {
        setImmediate(function() {
          if (!destroyed) byteCounter.emit("error", err);
        });
      });
      installDestroyFn(byteCounter, function() {
        destroyed = true;
        refUnrefFilter.unpipe(byteCounter);
        refUnrefFilter.destroy();
      });
      return stream.pipe(refUnrefFilter).pipe(byteCounter);
    };
    RandomAccessReader.prototype._readStreamForRange = function(start, end) {
      throw new Error("not implemented");
    };
    RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
      var readStream = this.createReadStream({ start: position, end: position + length });
      var writeStream = new Writable();
      var written = 0;
      writeStream._write = function(chunk, encoding, cb) {
        chunk.copy(buffer, offset + written, 0, chunk.length);
        written += chunk.length;
        cb();
      };
      writeStream.on("finish", callback);
      readStream.on("error", function(error) {
        callback(error);
      });
      readStream.pipe(writeStream);
    };
    RandomAccessReader.prototype.close = function(callback) {
      setImmediate(callback);
    };
    util.inherits(RefUnrefFilter, PassThrough);
    function RefUnrefFilter(context) {
      PassThrough.call(this);
      this.context = context;
      this.context.ref();
      this.unreffedYet = false;
    }
    RefUnrefFilter.prototype._flush = function(cb) {
      this.unref();
      cb();
    };
    RefUnrefFilter.prototype.unref = function(cb) {
      if (this.unreffedYet) return;
      this.unreffedYet = true;
      this.context.unref();
    };
    var cp437 = "\0\u263A\u263B\u2665\u2666\u2663\u2660\u2022\u25D8\u25CB\u25D9\u2642\u2640\u266A\u266B\u263C\u25BA\u25C4\u2195\u203C\xB6\xA7\u25AC\u21A8\u2191\u2193\u2192\u2190\u221F\u2194\u25B2\u25BC !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u2302\xC7\xFC\xE9\xE2\xE4\xE0\xE5\xE7\xEA\xEB\xE8\xEF\xEE\xEC\xC4\xC5\xC9\xE6\xC6\xF4\xF6\xF2\xFB\xF9\xFF\xD6\xDC\xA2\xA3\xA5\u20A7\u0192\xE1\xED\xF3\xFA\xF1\xD1\xAA\xBA\xBF\u2310\xAC\xBD\xBC\xA1\xAB\xBB\u2591\u2592\u2593\u2502\u2524\u2561\u2562\u2556\u2555\u2563\u2551\u2557\u255D\u255C\u255B\u2510\u2514\u2534\u252C\u251C\u2500\u253C\u255E\u255F\u255A\u2554\u2569\u2566\u2560\u2550\u256C\u2567\u2568\u2564\u2565\u2559\u2558\u2552\u2553\u256B\u256A\u2518\u250C\u2588\u2584\u258C\u2590\u2580\u03B1\xDF\u0393\u03C0\u03A3\u03C3\xB5\u03C4\u03A6\u0398\u03A9\u03B4\u221E\u03C6\u03B5\u2229\u2261\xB1\u2265\u2264\u2320\u2321\xF7\u2248\xB0\u2219\xB7\u221A\u207F\xB2\u25A0\xA0";
    function decodeBuffer(buffer, isUtf8) {
      if (isUtf8) {
        return buffer.toString("utf8");
      } else {
        var result = "";
        for (var i = 0; i < buffer.length; i++) {
          result += cp437[buffer[i]];
        }
        return result;
      }
    }
    function readUInt64LE(buffer, offset) {
      var lower32 = buffer.readUInt32LE(offset);
      var upper32 = buffer.readUInt32LE(offset + 4);
      return upper32 * 4294967296 + lower32;
    }
    var newBuffer;
    if (typeof Buffer.allocUnsafe === "function") {
      newBuffer = function(len) {
        return Buffer.allocUnsafe(len);
      };
    } else {
      newBuffer = function(len) {
        return new Buffer(len);
      };
    }
    function installDestroyFn(stream, fn) {
      if (typeof stream.destroy === "function") {
        stream._destroy = function(err, cb) {
          fn();
          if (cb != null) cb(err);
        };
      } else {
        stream.destroy = fn;
      }
    }
    function defaultCallback(err) {
      if (err) throw err;
    }
  }
});

// src/github/comment-sections.ts
function compareRuns(a, b) {
  const byNumber = a.run.workflow === b.run.workflow ? a.run.number - b.run.number : 0;
  return byNumber || a.run.id - b.run.id || a.run.attempt - b.run.attempt || rank(a) - rank(b);
}
function rank(head) {
  return head.state === "final" ? 1 : 0;
}
function mergeSections(sections) {
  const newest2 = /* @__PURE__ */ new Map();
  for (const section of sections) {
    const known2 = newest2.get(section.series);
    if (known2 === void 0 || compareRuns(section, known2) >= 0) newest2.set(section.series, section);
  }
  return [...newest2.values()].sort((a, b) => order(a.title, b.title) || order(a.series, b.series));
}
function containsAll(found, wanted) {
  return wanted.every(
    (section) => found.some((other) => other.series === section.series && compareRuns(other, section) >= 0)
  );
}
function staleSeries(sections, head) {
  if (head !== void 0) {
    const current = head.slice(0, 12);
    return new Set(sections.filter(({ sha: sha2 }) => sha2 !== current).map(({ series }) => series));
  }
  const newest2 = sections.reduce(
    (latest2, section) => latest2 === void 0 || section.run.id > latest2.run.id ? section : latest2,
    void 0
  );
  const stale = sections.filter((section) => newest2 !== void 0 && section.sha !== newest2.sha);
  return new Set(stale.map(({ series }) => series));
}
function order(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// src/github/comment-body.ts
var COMMENT_LENGTH = 65536;
var VERSION = 1;
var MARKER = /<!-- perf-baseline:(?:section ([A-Za-z0-9+/]+)|end) -->/g;
var END = "<!-- perf-baseline:end -->";
var whole = external_exports.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
var hash = external_exports.string().regex(/^[0-9a-f]{1,64}$/);
var verdicts = [
  "failed",
  "regressed",
  "inconclusive",
  "improved",
  "unchanged",
  "new",
  "cancelled",
  "none"
];
var markerSchema = external_exports.tuple([
  hash,
  external_exports.string().max(200),
  external_exports.enum(["measuring", "final"]),
  external_exports.enum(verdicts),
  hash,
  whole,
  whole,
  whole,
  external_exports.string().regex(/^[0-9a-f]{0,40}$/),
  external_exports.enum(["full", "short", "line", "bare"])
]);
function commentMarker(keyHash) {
  return `<!-- perf-baseline:comment v${VERSION} key=${keyHash} -->`;
}
var ANY_KEY = new RegExp(`^<!-- perf-baseline:comment v${VERSION} key=([0-9a-f]{1,64}) -->`);
function keyOfBody(body) {
  return ANY_KEY.exec(body)?.[1];
}
function hasMarker(body, keyHash) {
  return body.startsWith(commentMarker(keyHash));
}
function inertText(text2) {
  return text2.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "").replace(new RegExp("\\p{Surrogate}", "gu"), "\uFFFD").replace(/<!--(?=\s*\/?\s*perf-baseline)/gi, "&lt;!--").trim();
}
function renderBody(keyHash, sections, renderFrame2, head) {
  const stale = staleSeries(sections, head);
  const frame2 = renderFrame2(
    sections.map(({ text: _, form: __, ...head2 }) => ({ ...head2, stale: stale.has(head2.series) }))
  );
  const parts = [`${commentMarker(keyHash)}
${inertText(frame2.top)}`];
  for (const section of sections) {
    const isStale = stale.has(section.series);
    const at = `\`${section.sha.slice(0, 7)}\``;
    const overtaken = isStale && section.state === "measuring";
    const note = isStale && !overtaken ? `_Measured at ${at}, not at the latest commit:_

` : "";
    const text2 = overtaken ? `### \u23F9\uFE0F Never reported

Nothing came of ${at}, which is not the latest commit.` : inertText(section.text);
    parts.push(`${note}${sectionMarker(section)}
${text2 === "" ? "" : `
${text2}

`}${END}`);
  }
  parts.push(inertText(frame2.bottom));
  return parts.join("\n\n").trim();
}
function parseSections(body) {
  const text2 = body.replace(/\r\n?/g, "\n");
  const sections = [];
  let open = null;
  for (const match of text2.matchAll(MARKER)) {
    const [marker, encoded] = match;
    if (encoded !== void 0) {
      const head = readMarker(encoded);
      open = head === null ? null : { head, start: match.index + marker.length };
    } else if (open !== null) {
      sections.push({ ...open.head, text: text2.slice(open.start, match.index).trim() });
      open = null;
    }
  }
  return sections;
}
function sameBody(a, b) {
  const plain2 = (text2) => text2.replace(/\r\n?/g, "\n").trim();
  return plain2(a) === plain2(b);
}
function sectionMarker(section) {
  const { run: run2 } = section;
  const fields = [
    section.series,
    plainTitle(section.title),
    section.state,
    section.verdict,
    run2.workflow,
    run2.id,
    run2.number,
    run2.attempt,
    section.sha,
    section.form
  ];
  const encoded = Buffer.from(JSON.stringify(fields)).toString("base64").replace(/=+$/, "");
  return `<!-- perf-baseline:section ${encoded} -->`;
}
function readMarker(encoded) {
  let fields;
  try {
    fields = JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
  } catch {
    return null;
  }
  const parsed = markerSchema.safeParse(fields);
  if (!parsed.success) return null;
  const [series, title, state, verdict, workflow, id2, number, attempt3, sha2, form] = parsed.data;
  return { series, title, state, verdict, run: { workflow, id: id2, number, attempt: attempt3 }, sha: sha2, form };
}
function plainTitle(title) {
  return [...title.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(new RegExp("\\p{Surrogate}", "gu"), "\uFFFD")].slice(0, 80).join("").trim();
}

// src/github/retry.ts
var AmbiguousWrite = class extends Error {
  name = "AmbiguousWrite";
  method;
  route;
  constructor(method, route, cause) {
    const reason2 = cause instanceof Error ? cause.message : String(cause);
    super(`${method} ${route}: no usable answer (${reason2}); it may have taken effect`, { cause });
    this.method = method;
    this.route = route;
  }
};
var UNSENT = /* @__PURE__ */ new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "ENETUNREACH"]);
var NOT_ALLOWED = "ERR_NOT_ALLOWED";
var NotAllowedError = class extends Error {
  name = "NotAllowedError";
  code = NOT_ALLOWED;
};
var SECONDARY_WAIT_MS = 6e4;
function classify(error, now) {
  if (typeof error !== "object" || error === null) return { status: "final" };
  const failure = error;
  const response = failure.response;
  if (response === void 0) {
    const cancelled = causes(error).some(({ name }) => name === "AbortError");
    if (failure.status === void 0 || cancelled || networkCode(error) === NOT_ALLOWED) {
      return { status: "final" };
    }
    return { status: UNSENT.has(networkCode(error) ?? "") ? "unsent" : "lost" };
  }
  const status = response.status ?? failure.status ?? 0;
  if (status < 400) return { status: "lost" };
  if (isLimit(status, failure)) return { status: "refused", waitMs: limitWait(failure, now) };
  return { status: status >= 500 ? "lost" : "final" };
}
function networkCode(error) {
  return causes(error).map(({ code: code2 }) => code2).find((code2) => typeof code2 === "string");
}
function causes(error) {
  const chain = [];
  let current = error;
  while (typeof current === "object" && current !== null && chain.length < 6) {
    const one = current;
    chain.push(one);
    current = one.cause ?? (Array.isArray(one.errors) ? one.errors[0] : void 0);
  }
  return chain;
}
function isLimit(status, failure) {
  if (status === 429) return true;
  if (status !== 403) return false;
  const headers = failure.response?.headers ?? {};
  return headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== void 0 || /secondary rate limit|abuse detection/i.test(failure.message);
}
function limitWait(failure, now) {
  const headers = failure.response?.headers ?? {};
  const after = headers["retry-after"];
  if (after !== void 0) {
    const seconds = Number(after);
    const at = Number.isFinite(seconds) ? now + seconds * 1e3 : Date.parse(String(after));
    if (Number.isFinite(at)) return Math.max(0, at - now);
  }
  if (headers["x-ratelimit-remaining"] === "0") {
    const serverNow = Date.parse(String(headers.date));
    const reset = Number(headers["x-ratelimit-reset"]);
    if (Number.isFinite(reset) && reset > 0) {
      return Math.max(0, reset * 1e3 - (Number.isFinite(serverNow) ? serverNow : now)) + 1e3;
    }
  }
  return /secondary rate limit|abuse detection/i.test(failure.message) ? SECONDARY_WAIT_MS : null;
}
function sentOnce(options2) {
  return options2.request?.lookFirst === true;
}
function repeatable(options2) {
  if (sentOnce(options2)) return false;
  if (options2.method !== "POST") return true;
  const { pathname } = new URL(options2.url, "https://api.github.com");
  if (pathname.endsWith("/graphql"))
    return !/^\s*mutation\b/.test(String(options2.query ?? ""));
  return /\/git\/(blobs|trees|commits)$/.test(pathname);
}
async function withRetries(request, send, policy) {
  const end = policy.now() + policy.deadlineMs;
  for (let attempt3 = 1; ; attempt3++) {
    try {
      return await send();
    } catch (error) {
      const fault = classify(error, policy.now());
      if (fault.status === "final") throw error;
      if (fault.status === "lost" && !request.repeatable) {
        throw new AmbiguousWrite(request.method, request.route, error);
      }
      const backoff = Math.min(3e4, 1e3 * 2 ** (attempt3 - 1)) * (0.5 + policy.random() / 2);
      const asked = fault.status === "refused" ? fault.waitMs ?? 0 : 0;
      const wait = Math.max(asked, backoff);
      if (attempt3 >= policy.attempts || policy.now() + wait > end) throw error;
      policy.onRetry(attempt3, wait, error);
      await policy.sleep(wait);
    }
  }
}

// src/github/errors.ts
var ACTIONS = {
  "read-repository": { doing: "read the repository", permission: "contents: read" },
  "read-commits": { doing: "list the commits of the base", permission: "contents: read" },
  "read-baseline": { doing: "read the baseline", permission: "contents: read" },
  "store-baseline": { doing: "store the baseline", permission: "contents: write" },
  "read-runs": { doing: "find the runs of this workflow", permission: "actions: read" },
  "read-artifact": { doing: "read an artifact", permission: "actions: read" },
  "store-artifact": { doing: "upload the result", permission: null },
  "read-config": { doing: "read the config of the base branch", permission: "contents: read" },
  "read-pull-request": { doing: "read the pull request", permission: "pull-requests: read" },
  comment: { doing: "comment on the pull request", permission: "pull-requests: write" },
  check: { doing: "write the check run", permission: "checks: write" },
  rerun: { doing: "re-run the job", permission: "actions: write" },
  "read-collaborators": { doing: "ask for the commenter's permission", permission: "metadata: read" }
};
function httpStatus(error) {
  if (error instanceof AmbiguousWrite) return httpStatus(error.cause);
  if (!(error instanceof Error)) return void 0;
  return error.response?.status;
}
function isReadOnlyToken(error) {
  return httpStatus(error) === 403 && /Resource not accessible by|must have admin rights|write access to repository not granted/i.test(
    messageOf(error)
  );
}
function explain(error, action) {
  const { doing } = ACTIONS[action];
  return `could not ${doing}: ${reason(error, action)}`;
}
async function explained(action, work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const answered2 = httpStatus(error) !== void 0 || error instanceof AmbiguousWrite;
    if (!answered2 && classify(error, Date.now()).status === "final") throw error;
    const words = explain(error, action);
    throw new UsageError(`${words.charAt(0).toUpperCase()}${words.slice(1)}`, { cause: error });
  }
}
function reason(error, action) {
  const said2 = messageOf(error);
  const status = httpStatus(error);
  if (status === void 0) return networkReason(error, said2);
  const permission = ACTIONS[action].permission;
  const grant = permission === null ? "" : `add \`${permission}\` under \`permissions:\` of the job or workflow`;
  switch (status) {
    case 400:
      return `GitHub did not understand the request (400: ${said2}); please report this as a bug of perf-baseline`;
    case 401:
      return "GitHub does not accept the token (401); check the input `github-token`: it may have expired or been mistyped";
    case 403:
      return forbiddenReason(error, said2, grant);
    case 404:
      return `not found (404); either it does not exist, or the token may not see it: ${grant || "check the input `github-token`"}`;
    case 409:
      return `it is in conflict with something else (409: ${said2}); run the job again, and give parallel jobs different series`;
    case 410:
      return /moved/.test(said2) ? said2 : `it is gone (410: ${said2}); an artifact expires after its retention time`;
    case 422:
      return unprocessableReason(said2);
    case 429:
      return `too many requests (429); ${resetTime(error)}`;
    case 451:
      return "the repository is blocked for legal reasons (451)";
  }
  if (status >= 500) {
    return `GitHub answered ${status} each time it was asked; see https://www.githubstatus.com and run the job again`;
  }
  return `GitHub answered ${status}: ${said2}`;
}
function forbiddenReason(error, said2, grant) {
  if (/secondary rate limit|abuse detection|rate limit/i.test(said2) || header(error, "retry-after")) {
    return `the rate limit is used up (403); ${resetTime(error)}`;
  }
  if (/archived/i.test(said2)) return "the repository is archived and read-only (403); unarchive it first";
  if (/\blocked\b/i.test(said2)) return "the conversation is locked (403); unlock it to get the comment";
  if (isRule(said2)) return ruleReason(said2);
  if (/SAML|SSO/.test(said2)) return "the token is not authorised for single sign-on (403); authorise it";
  if (/IP address|allow list/i.test(said2)) {
    return `the organisation's IP allow list keeps this runner out (403: ${said2})`;
  }
  return `the token may not do it (403: ${said2}); ${grant || "check the input `github-token`"}. Runs for forks and Dependabot always have a read-only token`;
}
function unprocessableReason(said2) {
  if (isRule(said2)) return ruleReason(said2);
  if (/too long|maximum is 65536/i.test(said2)) return `the text is longer than GitHub takes (422: ${said2})`;
  if (/not a fast.?forward|already exists|does not exist/i.test(said2)) {
    return `another writer was faster each time (422: ${said2}); run the job again`;
  }
  return `GitHub refused the content (422: ${said2})`;
}
function isRule(said2) {
  return /GH013|GH006|ruleset|rule violation|protected branch|push declined|cannot be updated/i.test(said2);
}
function ruleReason(said2) {
  return `a ruleset or branch protection forbids it (${said2}); let the branch of the baselines out of the rule (by default \`perf-baseline\`), or add GitHub Actions to its bypass list`;
}
function networkReason(error, said2) {
  const cause = error instanceof AmbiguousWrite ? error.cause : error;
  const code2 = networkCode(cause) ?? (/timeout/i.test(said2) ? "timeout" : void 0);
  const ambiguous = error instanceof AmbiguousWrite ? " It may have taken effect all the same." : "";
  if (code2 === void 0) return `${said2}.${ambiguous}`.replace(/\.\.$/, ".");
  const advice = code2 === "ENOTFOUND" || code2 === "EAI_AGAIN" ? "the name of GitHub's server could not be resolved; check the runner's network and `GITHUB_API_URL`" : "the connection to GitHub failed; check the runner's network or proxy, and run the job again";
  return `${advice} (${code2}).${ambiguous}`;
}
function resetTime(error) {
  const after = header(error, "retry-after");
  if (after !== void 0) {
    return `GitHub asks to wait ${/^\d+$/.test(after) ? `${after} s` : `until ${after}`}; run the job again after that`;
  }
  const reset = Number(header(error, "x-ratelimit-reset"));
  if (Number.isFinite(reset) && reset > 0 && reset < 1e11) {
    return `it is reset at ${new Date(reset * 1e3).toISOString().replace(".000", "")}; run the job again after that`;
  }
  return "wait some minutes and run the job again, with fewer jobs at a time";
}
function header(error, name) {
  const source = error instanceof AmbiguousWrite ? error.cause : error;
  const value = source.response?.headers?.[name];
  return value === void 0 ? void 0 : String(value);
}
function messageOf(error) {
  const source = error instanceof AmbiguousWrite ? error.cause : error;
  const text2 = source instanceof Error ? source.message : String(source);
  return text2.replace(/\s+- https:\/\/docs\.github\.com\S*/g, "").replace(/\s+/g, " ").trim().slice(0, 300);
}

// src/github/comment-thread.ts
var MAX_PAGES = 200;
function openThread(client, repo, issue, keyHash) {
  const once2 = { request: { lookFirst: true } };
  const own = (comment2) => ({
    id: comment2.id,
    url: comment2.html_url,
    body: comment2.body ?? ""
  });
  return {
    async list() {
      const marked = [];
      for (let page = 1; page <= MAX_PAGES; page++) {
        const { data, headers } = await client.rest.issues.listComments({
          ...repo,
          issue_number: issue,
          per_page: 100,
          page
        });
        marked.push(...data.filter((comment2) => hasMarker(comment2.body ?? "", keyHash)));
        if (data.length === 0 || !/rel="next"/.test(headers.link ?? "")) break;
      }
      if (marked.length === 0) return [];
      const isSelf = await ownAuthor(client);
      const mine = marked.filter(({ user }) => user !== null && isSelf(user));
      const bots = mine.filter(({ user }) => user?.type === "Bot");
      return (bots.length > 0 ? bots : mine).sort((a, b) => a.id - b.id).map(own);
    },
    async read(id2) {
      try {
        const { data } = await client.rest.issues.getComment({ ...repo, comment_id: id2 });
        return hasMarker(data.body ?? "", keyHash) ? own(data) : null;
      } catch (error) {
        if (isGone(error)) return null;
        throw error;
      }
    },
    async create(body) {
      const { data } = await client.rest.issues.createComment({
        ...repo,
        issue_number: issue,
        body,
        ...once2
      });
      const { user } = data;
      if (user !== null) known.set(client, (author) => sameAuthor(user.login, author));
      return own(data);
    },
    async update(id2, body) {
      await client.rest.issues.updateComment({ ...repo, comment_id: id2, body, ...once2 });
    },
    async remove(id2) {
      try {
        await client.rest.issues.deleteComment({ ...repo, comment_id: id2 });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
  };
}
function isGone(error) {
  const status = httpStatus(error);
  return status === 404 || status === 410;
}
var known = /* @__PURE__ */ new WeakMap();
async function ownAuthor(client) {
  const isSelf = known.get(client) ?? await readSelf(client);
  known.set(client, isSelf);
  return isSelf;
}
async function readSelf(client) {
  const login = await viewerLogin(client) ?? await userLogin(client) ?? "github-actions[bot]";
  return (author) => sameAuthor(login, author);
}
async function viewerLogin(client) {
  try {
    const answer2 = await client.graphql(
      "query { viewer { login } }"
    );
    const login = answer2.viewer?.login;
    return typeof login === "string" && login !== "" ? login : null;
  } catch (error) {
    return refusedOrRethrow(error);
  }
}
async function userLogin(client) {
  try {
    return (await client.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    return refusedOrRethrow(error);
  }
}
function refusedOrRethrow(error) {
  const status = httpStatus(error);
  const isGraphqlRefusal = error instanceof Error && error.name === "GraphqlResponseError";
  if (isGraphqlRefusal || status === 403 || status === 404) return null;
  throw error;
}
function sameAuthor(login, author) {
  const bare2 = (name) => name.toLowerCase().replace(/\[bot\]$/, "");
  if (author.type === "Bot") return bare2(author.login) === bare2(login);
  return author.login.toLowerCase() === login.toLowerCase();
}

// src/github/chat-answers.ts
var MARKER2 = /^<!-- perf-baseline:answer v1 ([A-Za-z0-9+/]{1,50000}) -->/;
var MAX_ROWS = 500;
var text = (max) => external_exports.string().max(max);
var answerSchema = external_exports.object({
  comment: external_exports.number().int().nonnegative(),
  head: external_exports.string().regex(/^[0-9a-f]{0,64}$/),
  effect: external_exports.union([
    external_exports.enum(["none", "revoke"]),
    external_exports.object({
      type: external_exports.literal("accept"),
      scenario: text(1e3).nullable(),
      metric: text(1e3).nullable(),
      until: external_exports.string().regex(/^\d{4}-\d{2}-\d{2}$/).nullable(),
      because: text(1e3),
      login: text(100),
      // Where they are not said, nothing was accepted.
      rows: external_exports.array(external_exports.tuple([external_exports.string().regex(/^[0-9a-f]{16}$/), external_exports.number()])).max(MAX_ROWS).default([])
    })
  ])
});
function renderAnswer(answer2, words) {
  const encoded = Buffer.from(JSON.stringify(answer2)).toString("base64").replace(/=+$/, "");
  return `<!-- perf-baseline:answer v1 ${encoded} -->
${words}`;
}
function parseAnswer(body) {
  const encoded = MARKER2.exec(body)?.[1];
  if (encoded === void 0) return void 0;
  try {
    return answerSchema.safeParse(JSON.parse(Buffer.from(encoded, "base64").toString("utf8"))).data;
  } catch {
    return void 0;
  }
}
function acceptancesFor(answers, head, now) {
  const today = now.toISOString().slice(0, 10);
  let holding = [];
  for (const { head: given, effect } of [...answers].sort((a, b) => a.comment - b.comment)) {
    if (given !== head || effect === "none") continue;
    if (effect === "revoke") holding = [];
    else if (effect.until === null || effect.until >= today) holding.push(withoutType(effect));
  }
  return holding;
}
function withoutType({ type: _, ...acceptance }) {
  return acceptance;
}
async function listOwnComments(client, repo, issue) {
  const all = await client.paginate(client.rest.issues.listComments, {
    ...repo,
    issue_number: issue,
    per_page: 100
  });
  const marked = all.filter(({ body }) => body?.startsWith("<!-- perf-baseline:") === true);
  if (marked.length === 0) return [];
  const isSelf = await ownAuthor(client);
  return marked.filter(({ user }) => user !== null && isSelf(user)).sort((a, b) => a.id - b.id).map(({ id: id2, body = "", created_at }) => ({ id: id2, body, createdAt: created_at }));
}
function answersAmong(comments) {
  return comments.map(({ body }) => parseAnswer(body)).filter((answer2) => answer2 !== void 0);
}

// src/github/chat-command.ts
var NAME = "/perf-baseline";
var MAX_COMMENT = 65536;
var MAX_REASON = 500;
function parseComment(body) {
  const lines = spokenLines(body.slice(0, MAX_COMMENT)).filter(
    (line2) => line2 === NAME || line2.startsWith(`${NAME} `) || line2.startsWith(`${NAME}	`)
  );
  const [line, second] = lines;
  if (line === void 0) return { status: "none" };
  if (second !== void 0) return wrong("there are several commands in one comment; give each its own");
  return parseLine(line.slice(NAME.length).trim());
}
function spokenLines(body) {
  const spoken = [];
  let fence = null;
  let hidden = false;
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (hidden) {
      hidden = !line.includes("-->");
      continue;
    }
    const [, mark = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== null) {
      const closes = mark.startsWith(fence) && line.trim() === mark;
      if (closes) fence = null;
      continue;
    }
    if (mark !== "") {
      fence = mark;
      continue;
    }
    const open = line.lastIndexOf("<!--");
    hidden = open !== -1 && !line.slice(open).includes("-->");
    if (!hidden) spoken.push(line);
  }
  return spoken;
}
function parseLine(text2) {
  const [verb = ""] = text2.split(/\s/, 1);
  const rest = text2.slice(verb.length).trim();
  switch (verb) {
    case "accept":
      return parseAccept(rest);
    case "revoke":
    case "rerun":
    case "status":
    case "help":
      if (rest !== "") return wrong(`\`${verb}\` stands alone`);
      return { status: "command", command: { verb } };
    case "":
      return wrong("a command is missing");
    default:
      return wrong("there is no such command");
  }
}
var TOKEN = /`([^`]*)`|"([^"]*)"|\S+/g;
function parseAccept(text2) {
  const names = [];
  let until = null;
  let because = null;
  let expectsDate = false;
  for (const { 0: raw, 1: ticked, 2: quoted2, index } of text2.matchAll(TOKEN)) {
    const name = ticked ?? quoted2;
    if (expectsDate) {
      if (!isDate(raw)) break;
      until = raw;
      expectsDate = false;
    } else if (raw === "because") {
      because = text2.slice(index + raw.length);
      break;
    } else if (raw === "until" && until === null) expectsDate = true;
    else if (until !== null) return wrong("nothing but `because` may follow the date");
    else if (name === void 0 && /[`"]/.test(raw)) return wrong("a quote is not closed");
    else names.push(name ?? raw);
  }
  if (expectsDate) return wrong("`until` wants a day, as `until 2026-12-31`");
  if (because?.trim() === "") return wrong("a reason is missing after `because`");
  const [scenario = null, metric = null, surplus] = names;
  if (surplus !== void 0)
    return wrong('`accept` takes a scenario and a metric; quote a name that has spaces: `"a name"`');
  const reason2 = [...(because ?? "").replace(/\s+/g, " ").trim()].slice(0, MAX_REASON).join("");
  return { status: "command", command: { verb: "accept", scenario, metric, until, because: reason2 } };
}
function isDate(text2) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text2)) return false;
  const date = /* @__PURE__ */ new Date(`${text2}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text2);
}
function wrong(reason2) {
  return { status: "wrong", reason: reason2 };
}

// src/github/chat-thread.ts
var POSTS = 3;
async function readCommentBody(client, repo, id2) {
  try {
    return (await client.rest.issues.getComment({ ...repo, comment_id: id2 })).data.body ?? "";
  } catch (error) {
    if (httpStatus(error) === 404 || httpStatus(error) === 410) return null;
    throw error;
  }
}
async function react(client, repo, comment2, content) {
  const { status } = await client.rest.reactions.createForIssueComment({
    ...repo,
    comment_id: comment2,
    content
  });
  return status === 201;
}
function isAnswered(comments, comment2) {
  return answersAmong(comments).some((answer2) => answer2.comment === comment2);
}
async function postAnswer(client, repo, issue, answer2, words) {
  for (let posts = 1; ; posts++) {
    try {
      await client.rest.issues.createComment({
        ...repo,
        issue_number: issue,
        body: renderAnswer(answer2, words)
      });
      return;
    } catch (error) {
      if (!(error instanceof AmbiguousWrite) || posts >= POSTS) throw error;
      if (isAnswered(await listOwnComments(client, repo, issue), answer2.comment)) return;
    }
  }
}

// src/github/collaborator.ts
var MAY_WRITE = /* @__PURE__ */ new Set(["admin", "maintain", "write"]);
async function mayWrite(client, repo, person) {
  const { data } = await client.rest.repos.getCollaboratorPermissionLevel({
    ...repo,
    username: person.login
  });
  return data.user?.id === person.id && MAY_WRITE.has(data.permission);
}

// src/github/log.ts
import { randomBytes } from "node:crypto";
import { stripVTControlCharacters } from "node:util";
var BREAK = "\u200B";
var CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;
var BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
function sanitiseLog(text2) {
  return stripVTControlCharacters(text2.replace(/\r\n|\r|\u2028|\u2029|\u0085/g, "\n")).replace(CONTROL, "").replace(BIDI, "").replace(/:(?=:)/g, `:${BREAK}`).replace(/#(?=#\[)/g, `#${BREAK}`);
}
function sanitiseLine(text2) {
  return sanitiseLog(text2).replace(/[\n\t]+/g, " ").trim();
}
function redact(text2, secrets) {
  let redacted = text2;
  for (const value of secretForms(secrets)) redacted = redacted.replaceAll(value, "***");
  return redacted;
}
function maskSecrets(core, secrets) {
  for (const value of secretForms(secrets)) core.setSecret(value);
}
function secretForms(secrets) {
  const forms = /* @__PURE__ */ new Set();
  for (const secret of secrets) {
    for (const form of [secret, ...secret.split(/\r\n|\r|\n/)]) {
      const value = form.trim();
      if (value.length < 4) continue;
      forms.add(value);
      forms.add(encodeURIComponent(value.replace(/[\ud800-\udfff]/gu, "")));
      forms.add(JSON.stringify(value).slice(1, -1));
    }
  }
  return [...forms].sort((a, b) => b.length - a.length);
}
function createLog(options2) {
  const { core } = options2;
  const token = options2.token ?? (() => randomBytes(16).toString("hex"));
  const safe = (message) => sanitiseLog(redact(message, options2.secrets?.() ?? []));
  return {
    debug: (message) => core.debug(safe(message)),
    info: (message) => core.info(safe(message)),
    notice: (message) => core.notice(safe(message)),
    warning: (message) => core.warning(safe(message)),
    error: (message) => core.error(safe(message)),
    async group(title, work) {
      core.startGroup(sanitiseLine(safe(title)));
      try {
        return await work();
      } finally {
        core.endGroup();
      }
    },
    tail(title, text2) {
      const word = token();
      core.info(safe(title));
      core.info(`::stop-commands::${word}`);
      try {
        for (const line of safe(text2).replace(/\n+$/, "").split("\n")) core.info(`  | ${line}`);
      } finally {
        core.info(`::${word}::`);
      }
    }
  };
}

// src/github/pull-request.ts
async function readPullRequest(client, repo, number) {
  const { data } = await client.rest.pulls.get({ ...repo, pull_number: number });
  return {
    number: data.number,
    state: data.state,
    merged: data.merged,
    headSha: data.head.sha,
    headRepoId: data.head.repo?.id ?? null,
    fork: data.head.repo?.id !== data.base.repo.id,
    baseRef: data.base.ref,
    baseSha: data.base.sha
  };
}
async function findPullRequest(client, repo, event) {
  switch (event.type) {
    case "pull_request":
      return { status: "found", pullRequest: await readPullRequest(client, repo, event.number) };
    case "issue_comment":
      if (!event.isPullRequest) return none(`#${event.number} is an issue, not a pull request`);
      return { status: "found", pullRequest: await readPullRequest(client, repo, event.number) };
    case "workflow_run":
      return findByHead(client, repo, event.run);
    default:
      return none("this event belongs to no pull request");
  }
}
async function findByHead(client, repo, head) {
  const { headBranch, headOwner, headRepoId, headSha } = head;
  if (headBranch === null || headOwner === null || headRepoId === null) {
    return none("the head branch or repository of the run is gone");
  }
  const { data } = await client.rest.pulls.list({
    ...repo,
    state: "open",
    head: `${headOwner}:${headBranch}`,
    per_page: 100
  });
  const ours = data.filter((pull2) => pull2.head.repo?.id === headRepoId && pull2.state === "open");
  if (ours.length === 0) return none(`no open pull request comes from ${headOwner}:${headBranch}`);
  const exact = ours.filter((pull2) => pull2.head.sha === headSha);
  const [pull, second] = exact;
  if (pull === void 0) {
    return none(`the pull request has moved on: its head is no longer ${headSha.slice(0, 7)}`);
  }
  if (second !== void 0) {
    const numbers = exact.map(({ number }) => `#${number}`).join(", ");
    return none(`several pull requests have the head ${headSha.slice(0, 7)}: ${numbers}`);
  }
  return {
    status: "found",
    pullRequest: {
      number: pull.number,
      state: "open",
      merged: false,
      headSha: pull.head.sha,
      headRepoId,
      fork: headRepoId !== pull.base.repo.id,
      baseRef: pull.base.ref,
      baseSha: pull.base.sha
    }
  };
}
function none(reason2) {
  return { status: "none", reason: reason2 };
}

// src/github/series.ts
import { createHash } from "node:crypto";
import { posix } from "node:path";
var DEFAULT_CONFIG = ".github/perf-baseline.yml";
function readSeries(input, env, parts) {
  const text2 = input.trim();
  if (text2 !== "" && !/^auto(\s|$)/.test(text2)) {
    const key2 = oneLine(text2);
    return { key: key2, title: cut(key2, 80) };
  }
  const matrix = readMatrix(text2.replace(/^auto/, "").trim());
  const folder = plainPath(parts.workingDirectory);
  const named2 = parts.config === null ? "" : plainPath(parts.config);
  const config = named2 === DEFAULT_CONFIG ? "" : named2;
  const key = [
    workflowFile(env),
    env.GITHUB_JOB ?? "",
    env.RUNNER_OS ?? "",
    matrix === null ? "" : canonical(matrix),
    folder,
    config
  ].join(" | ");
  return { key: oneLine(key), title: titleOf(env.GITHUB_JOB ?? "perf-baseline", matrix, folder, config) };
}
function partsOfSeries(key) {
  const parts = /^([^|]*)\|([^|]*)\|([^|]*)\|(.*)\|([^|]*)\|([^|]*)$/s.exec(key)?.slice(1);
  if (parts === void 0) return null;
  const [workflow = "", job = "", , matrix = "", folder = "", config = ""] = parts.map((part) => part.trim());
  if (!workflow.startsWith(".github/")) return null;
  if ([folder, config].some((path) => posix.isAbsolute(path) || path.split(/[\\/]/).includes("..")))
    return null;
  let values = null;
  try {
    values = readMatrix(matrix);
  } catch {
    return null;
  }
  return {
    workflow,
    title: titleOf(job, values, folder, config),
    workingDirectory: folder,
    config: config === "" ? null : config
  };
}
function titleOfSeries(key) {
  return partsOfSeries(key)?.title ?? cut(oneLine(key), 80);
}
function titleOf(job, matrix, folder, config) {
  const values = matrix === null ? [] : Object.values(matrix).map(matrixValue);
  const legs = values.length === 0 ? "" : ` (${values.join(", ")})`;
  const place2 = [folder === "." ? "" : folder, config].filter((part) => part !== "").join(" ");
  return cut(oneLine(`${job}${legs}${place2 === "" ? "" : ` ${place2}`}`), 80);
}
function plainPath(path) {
  return posix.normalize(path).replace(/\/+$/, "") || ".";
}
function oneLine(text2) {
  return text2.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
function shortHash(text2) {
  return createHash("sha256").update(text2).digest("hex").slice(0, 16);
}
function workflowFile(env) {
  const ref = env.GITHUB_WORKFLOW_REF ?? "";
  const path = ref.split("@")[0]?.split("/").slice(2).join("/") ?? "";
  return path === "" ? env.GITHUB_WORKFLOW ?? "" : path;
}
function readMatrix(json) {
  if (json === "" || json === "null") return null;
  let value;
  try {
    value = JSON.parse(json);
  } catch {
    value = void 0;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.keys(value).length === 0 ? null : value;
  }
  throw new UsageError(
    `input \`series\` is '${cut(`auto ${json}`, 120)}'; expected a text of your own, or leave it out for its default`
  );
}
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}
function matrixValue(value) {
  return typeof value === "object" && value !== null ? canonical(value) : String(value);
}
function cut(text2, length) {
  const points = [...text2];
  return points.length > length ? `${points.slice(0, length - 1).join("")}\u2026` : text2;
}

// src/action/accepted-rows.ts
function acceptedRow(series, row) {
  const figure = figureOf(row);
  if (figure === null) return null;
  const { center, worst, allowance } = figure;
  return [
    idOf(series, row, figure.of),
    Math.max(Number.isFinite(worst) ? worst : center, center + allowance)
  ];
}
function isAmong(rows, series, row) {
  const figure = figureOf(row);
  if (figure === null) return false;
  const id2 = idOf(series, row, figure.of);
  return rows.some(([accepted, most]) => accepted === id2 && figure.center <= most);
}
function figureOf(row) {
  const change = "change" in row ? row.change : null;
  const estimate = change !== null && Number.isFinite(change.center) ? change : row.candidate;
  if (estimate === null || !Number.isFinite(estimate.center)) return null;
  const { center, low, high } = estimate;
  const of = estimate === change ? change.type : "value";
  const allowance = estimate === change ? allowanceOf(row, change.type) : 0;
  return row.metric.better === "lower" ? { of, center, worst: high, allowance } : { of, center: -center, worst: -low, allowance };
}
function allowanceOf(row, type) {
  const thresholds = "criterion" in row ? row.criterion?.fail?.all ?? [] : [];
  return Math.max(0, ...thresholds.map((threshold) => thresholdSize(threshold, type) ?? 0));
}
function idOf(series, row, of) {
  const kind = "outcome" in row ? `limit ${row.text}` : of;
  return shortHash(JSON.stringify([series, row.scenario, row.part ?? null, row.metric.name, kind]));
}

// src/action/acceptance.ts
function withAcceptances(judged, candidate, acceptances) {
  if (acceptances.length === 0) return { judged, used: [] };
  const used = /* @__PURE__ */ new Set();
  const accept2 = (row) => {
    const found = acceptances.find(({ rows }) => isAmong(rows, candidate.series, row));
    if (found === void 0) return row;
    used.add(found);
    return { ...row, level: "warn", reason: plainWords(found) };
  };
  const comparisons = judged.comparisons.map((row) => isFailing(row) ? accept2(row) : row);
  const limits = judged.limits.map((row) => isFailing(row) ? accept2(row) : row);
  const verdict = overallVerdict({ candidate, comparisons, limits });
  return { judged: { ...judged, comparisons, limits, verdict }, used: [...used] };
}
function isFailing(row) {
  if ("outcome" in row) return row.outcome === "exceeded" && row.level === "fail";
  return row.gating && row.verdict === "regressed" && row.level === "fail";
}
function covers(acceptance, row) {
  const { scenario, metric } = acceptance;
  return (scenario === null || scenario === row.scenario) && (metric === null || metric === row.metric.name);
}
function plainWords({ login, because, until }) {
  const reason2 = because === "" ? "" : `: ${because}`;
  return `accepted by ${login}${until === null ? "" : ` until ${until}`}${reason2}`;
}
function acceptanceLine({ scenario, metric, login, because, until }) {
  const what = scenario === null ? "Every regression" : [scenario, metric].filter((name) => name !== null);
  const subject = typeof what === "string" ? what : what.map((name) => code(name)).join(" ");
  const who = login.replace(/[^A-Za-z0-9-]/g, "");
  const reason2 = because === "" ? "" : `: ${prose(because, 500)}`;
  return `- \u{1F91D} ${subject}${until === null ? "" : ` (until ${until})`}: accepted by @${who}${reason2}`;
}
function withAcceptanceLines(report2, used) {
  if (used.length === 0) return report2;
  const [first = "", ...rest] = report2.split("\n\n");
  return [first, used.map(acceptanceLine).join("\n"), ...rest].join("\n\n");
}

// src/action/chat-words.ts
var HELP = `For people who may write to this repository, one command in a comment, at the start of a line:
- \`/perf-baseline accept [SCENARIO [METRIC]] [until DATE] [because TEXT]\` lets this head pass with a regression that is meant.
- \`/perf-baseline revoke\` takes back all that was accepted for this head.
- \`/perf-baseline rerun\` measures this head again and judges it together with what was measured before.
- \`/perf-baseline status\` says what was reported and accepted.
- \`/perf-baseline help\` shows this.

Names with spaces stand in quotes. \`DATE\` is the last day, as \`2026-12-31\`, in UTC. What is accepted is what was reported when the command was written: nothing that regresses later or gets worse. It ends with the next push.`;
var named = (rows) => [...new Set(rows.map(({ scenario, metric }) => `${code(scenario)} ${code(metric.name)}`))].slice(0, 20).join(", ");
function acceptedWords(acceptance, met, head) {
  return `${acceptanceLine(acceptance)}

This lets \`${head.slice(0, 7)}\` pass with ${named(met)}, no worse than reported. It ends with the next push${acceptance.until === null ? "" : `, or after ${acceptance.until}`}; \`/perf-baseline revoke\` takes it back.`;
}
function nothingToAccept({ scenario, metric }, failing) {
  const what = [scenario, metric].filter((name) => name !== null).map((name) => code(name));
  const asked = what.length === 0 ? "No metric" : `Nothing of ${what.join(" ")}`;
  if (failing.length === 0)
    return "There is nothing to accept: no metric has regressed and no limit is exceeded. What cannot be told, or could not be measured, cannot be accepted; `/perf-baseline rerun` measures again.";
  return `${asked} fails here. What does: ${named(failing)}.`;
}
function statusWords(reported, acceptances) {
  const { pull, current, measuring, silent, older } = reported;
  const line = (section, more) => {
    const { icon, word } = verdictWord(section.state === "measuring" ? "none" : section.verdict);
    return `- ${code(section.title, 100)}: ${icon} ${word}${more}`;
  };
  const lines = [
    ...current.map((section) => line(section, "")),
    ...measuring.map((section) => line(section, ", being measured")),
    ...silent.map(({ section }) => `- ${code(section.title, 100)}: \u23F9\uFE0F never reported, its job has ended`),
    ...older.map((section) => line(section, `, of the older commit ${code(section.sha.slice(0, 7))}`)),
    ...acceptances.map(acceptanceLine)
  ];
  const head = `The head is \`${pull.headSha.slice(0, 7)}\``;
  return lines.length === 0 ? `${head}. Nothing was reported yet.` : `${head}.

${lines.join("\n")}`;
}

// src/action/context.ts
import { setTimeout as delay2 } from "node:timers/promises";

// src/github/client.ts
import { setTimeout as delay } from "node:timers/promises";

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var import_light = __toESM(require_light(), 1);
var VERSION2 = "0.0.0-development";
var noop = () => Promise.resolve();
function wrapRequest(state, request, options2) {
  return state.retryLimiter.schedule(doRequest, state, request, options2);
}
async function doRequest(state, request, options2) {
  const { pathname } = new URL(options2.url, "http://github.test");
  const isAuth = isAuthRequest(options2.method, pathname);
  const isWrite = !isAuth && options2.method !== "GET" && options2.method !== "HEAD";
  const isSearch = options2.method === "GET" && pathname.startsWith("/search/");
  const isGraphQL = pathname.startsWith("/graphql");
  const retryCount = ~~request.retryCount;
  const jobOptions = retryCount > 0 ? { priority: 0, weight: 0 } : {};
  if (state.clustering) {
    jobOptions.expiration = 1e3 * 60;
  }
  if (isWrite || isGraphQL) {
    await state.write.key(state.id).schedule(jobOptions, noop);
  }
  if (isWrite && state.triggersNotification(pathname)) {
    await state.notifications.key(state.id).schedule(jobOptions, noop);
  }
  if (isSearch) {
    await state.search.key(state.id).schedule(jobOptions, noop);
  }
  const req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request, options2);
  if (isGraphQL) {
    const res = await req;
    if (res.data.errors != null && res.data.errors.some((error) => error.type === "RATE_LIMITED")) {
      const error = Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
      throw error;
    }
  }
  return req;
}
function isAuthRequest(method, pathname) {
  return method === "PATCH" && // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-a-scoped-access-token
  /^\/applications\/[^/]+\/token\/scoped$/.test(pathname) || method === "POST" && // https://docs.github.com/en/rest/apps/oauth-applications?apiVersion=2022-11-28#reset-a-token
  (/^\/applications\/[^/]+\/token$/.test(pathname) || // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-an-installation-access-token-for-an-app
  /^\/app\/installations\/[^/]+\/access_tokens$/.test(pathname) || // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  pathname === "/login/oauth/access_token");
}
var triggers_notification_paths_default = [
  "/orgs/{org}/invitations",
  "/orgs/{org}/invitations/{invitation_id}",
  "/orgs/{org}/teams/{team_slug}/discussions",
  "/orgs/{org}/teams/{team_slug}/discussions/{discussion_number}/comments",
  "/repos/{owner}/{repo}/collaborators/{username}",
  "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
  "/repos/{owner}/{repo}/issues",
  "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issue",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority",
  "/repos/{owner}/{repo}/pulls",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
  "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
  "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "/repos/{owner}/{repo}/releases",
  "/teams/{team_id}/discussions",
  "/teams/{team_id}/discussions/{discussion_number}/comments"
];
function routeMatcher(paths) {
  const regexes = paths.map(
    (path) => path.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
var regex = routeMatcher(triggers_notification_paths_default);
var triggersNotification = regex.test.bind(regex);
var groups = {};
var createGroups = function(Bottleneck, common) {
  groups.global = new Bottleneck.Group({
    id: "octokit-global",
    maxConcurrent: 10,
    ...common
  });
  groups.auth = new Bottleneck.Group({
    id: "octokit-auth",
    maxConcurrent: 1,
    ...common
  });
  groups.search = new Bottleneck.Group({
    id: "octokit-search",
    maxConcurrent: 1,
    minTime: 2e3,
    ...common
  });
  groups.write = new Bottleneck.Group({
    id: "octokit-write",
    maxConcurrent: 1,
    minTime: 1e3,
    ...common
  });
  groups.notifications = new Bottleneck.Group({
    id: "octokit-notifications",
    maxConcurrent: 1,
    minTime: 3e3,
    ...common
  });
};
function throttling(octokit, octokitOptions) {
  const {
    enabled = true,
    Bottleneck = import_light.default,
    id: id2 = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled) {
    return {};
  }
  const common = { timeout };
  if (typeof connection !== "undefined") {
    common.connection = connection;
  }
  const state = Object.assign(
    {
      clustering: connection != null,
      triggersNotification,
      fallbackSecondaryRateRetryAfter: 60,
      retryAfterBaseValue: 1e3,
      id: id2
    },
    octokitOptions.throttle
  );
  if (typeof state.onSecondaryRateLimit !== "function" || typeof state.onRateLimit !== "function") {
    throw new Error(`octokit/plugin-throttling error:
        You must pass the onSecondaryRateLimit and onRateLimit error handlers.
        See https://octokit.github.io/rest.js/#throttling

        const octokit = new Octokit({
          throttle: {
            onSecondaryRateLimit: (retryAfter, options) => {/* ... */},
            onRateLimit: (retryAfter, options) => {/* ... */}
          }
        })
    `);
  }
  let initialized = false;
  const initializeBottleneck = () => {
    if (initialized) {
      return;
    }
    initialized = true;
    if (groups.global == null) {
      createGroups(Bottleneck, common);
    }
    state.global = state.global ?? groups.global;
    state.auth = state.auth ?? groups.auth;
    state.search = state.search ?? groups.search;
    state.write = state.write ?? groups.write;
    state.notifications = state.notifications ?? groups.notifications;
    state.retryLimiter = state.retryLimiter ?? new Bottleneck();
    const events = {};
    const emitter = new Bottleneck.Events(events);
    events.on("secondary-limit", state.onSecondaryRateLimit);
    events.on("rate-limit", state.onRateLimit);
    events.on(
      "error",
      (e) => octokit.log.warn("Error in throttling-plugin limit handler", e)
    );
    state.retryLimiter.on("failed", async function(error, info) {
      const [state2, request, options2] = info.args;
      const { pathname } = new URL(options2.url, "http://github.test");
      const shouldRetryGraphQL = pathname.startsWith("/graphql") && error.status !== 401;
      if (!(shouldRetryGraphQL || error.status === 403 || error.status === 429)) {
        return;
      }
      const retryCount = ~~request.retryCount;
      request.retryCount = retryCount;
      options2.request.retryCount = retryCount;
      const { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error.message)) {
          const retryAfter2 = Number(error.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          const wantRetry2 = await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options2,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        if (error.response.headers != null && error.response.headers["x-ratelimit-remaining"] === "0" || (error.response.data?.errors ?? []).some(
          (error2) => error2.type === "RATE_LIMITED"
        )) {
          const rateLimitReset = new Date(
            ~~error.response.headers["x-ratelimit-reset"] * 1e3
          ).getTime();
          const retryAfter2 = Math.max(
            // Add one second so we retry _after_ the reset time
            // https://docs.github.com/en/rest/overview/resources-in-the-rest-api?apiVersion=2022-11-28#exceeding-the-rate-limit
            Math.ceil((rateLimitReset - Date.now()) / 1e3) + 1,
            0
          );
          const wantRetry2 = await emitter.trigger(
            "rate-limit",
            retryAfter2,
            options2,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        return {};
      })();
      if (wantRetry) {
        request.retryCount++;
        return retryAfter * state2.retryAfterBaseValue;
      }
    });
  };
  octokit.hook.wrap("request", (request, options2) => {
    initializeBottleneck();
    return wrapRequest(state, request, options2);
  });
  return {};
}
throttling.VERSION = VERSION2;
throttling.triggersNotification = triggersNotification;

// node_modules/@octokit/rest/dist-src/version.js
var VERSION3 = "22.0.1";

// node_modules/@octokit/rest/dist-src/index.js
var Octokit2 = Octokit.plugin(requestLog, legacyRestEndpointMethods, paginateRest).defaults(
  {
    userAgent: `octokit-rest.js/${VERSION3}`
  }
);

// src/github/answer-shape.ts
var FILE = /\/contents\/./;
var NEEDED = [
  ["GET", /^\/repos\/[^/]+\/[^/]+$/, ["default_branch"]],
  ["GET", /\/git\/ref\/./, ["object"]],
  ["GET", /\/git\/commits\/[^/]+$/, ["sha", "tree"]],
  ["GET", /\/git\/trees\/[^/]+$/, ["sha", "tree"]],
  ["GET", /\/git\/blobs\/[^/]+$/, ["sha", "content"]],
  ["POST", /\/git\/(blobs|trees|commits)$/, ["sha"]],
  ["GET", FILE, ["type"]],
  ["GET", /\/commits$/, "[]"],
  ["GET", /\/issues\/[^/]+\/comments$/, "[]"],
  ["GET", /\/issues\/comments\/[^/]+$/, ["id", "user"]],
  ["POST", /\/issues\/[^/]+\/comments$/, ["id"]],
  ["GET", /\/pulls$/, "[]"],
  ["GET", /\/pulls\/[^/]+$/, ["number", "head", "base"]],
  ["GET", /\/collaborators\/[^/]+\/permission$/, ["permission"]],
  ["GET", /\/actions\/artifacts\/[^/]+$/, ["id", "name"]],
  ["GET", /\/actions\/runs\/[^/]+$/, ["id", "path", "event", "head_sha"]],
  ["GET", /\/actions\/runs\/[^/]+\/artifacts$/, ["artifacts"]],
  ["GET", /\/actions\/runs\/[^/]+\/jobs$/, ["jobs"]],
  ["GET", /\/actions\/(workflows\/[^/]+\/)?runs$/, ["workflow_runs"]],
  ["GET", /\/check-runs$/, ["check_runs"]]
];
function lacking(method, url, data) {
  const { pathname } = new URL(url, "https://api.github.com");
  const path = pathname.replace(/^\/api\/v3(?=\/)/, "");
  const isGraphql = method === "POST" && path.endsWith("/graphql");
  const needed = NEEDED.find(([of, pattern]) => of === method && pattern.test(path))?.[2];
  if (isGraphql) return has(data, "data") || has(data, "errors") ? null : "it has no `data`";
  if (needed === void 0) return null;
  if (needed === "[]") return Array.isArray(data) ? null : "it is no list";
  if (FILE.test(path) && Array.isArray(data)) return null;
  const missing = needed.find((field) => !has(data, field));
  return missing === void 0 ? null : `it has no \`${missing}\``;
}
function has(data, field) {
  return typeof data === "object" && data !== null && Object.hasOwn(data, field);
}

// src/github/client.ts
var MAX_ANSWER_BYTES = 200 * 1024 * 1024;
function createClient(options2) {
  const apiUrl = checkedApiUrl(options2.apiUrl);
  if (options2.token === "") {
    throw new UsageError(
      "no GitHub token: set the input `github-token` (its default is the token of the workflow run)"
    );
  }
  const sleep = options2.sleep ?? ((ms) => delay(ms, void 0, options2.signal === void 0 ? {} : { signal: options2.signal }));
  const Base = options2.throttle === false ? Octokit2 : Octokit2.plugin(throttling);
  const debug = (message) => options2.log.debug(String(message));
  const octokit = new Base({
    auth: options2.token,
    baseUrl: apiUrl.href.replace(/\/+$/, ""),
    userAgent: "perf-baseline",
    log: { debug: () => {
    }, info: debug, warn: debug, error: debug },
    request: { fetch: boundedFetch(options2, apiUrl.origin) },
    // Spacing only: what to repeat, and when, is decided below for every kind of fault alike.
    throttle: { onRateLimit: () => false, onSecondaryRateLimit: () => false }
  });
  octokit.hook.wrap("request", (request, parameters) => {
    const { method, url } = parameters;
    return withRetries(
      { method, route: url, repeatable: repeatable(parameters) },
      async () => checkedAnswer(await answered(request(parameters), method), parameters),
      {
        attempts: sentOnce(parameters) ? 1 : options2.attempts ?? 5,
        deadlineMs: options2.deadlineMs ?? 18e4,
        now: Date.now,
        random: options2.random ?? Math.random,
        sleep,
        onRetry: (attempt3, waitMs, error) => options2.log.debug(
          `${method} ${url}: try ${attempt3} failed (${faultName(error)}); again in ${(waitMs / 1e3).toFixed(1)} s`
        )
      }
    );
  });
  return octokit;
}
async function answered(request, method) {
  try {
    return await request;
  } catch (error) {
    if (method === "GET" && httpStatus(error) === 409) Object.assign(error, { status: 500 });
    throw error;
  }
}
function checkedApiUrl(text2) {
  if (URL.canParse(text2)) {
    const url = new URL(text2);
    if (url.protocol === "https:" || url.protocol === "http:") return url;
  }
  throw new UsageError(
    `GITHUB_API_URL is '${text2}'; expected the URL of a GitHub API, as https://api.github.com`
  );
}
var AnswerError = class extends Error {
  name = "HttpError";
  status;
  response;
  request;
  constructor(message, response, request) {
    super(message);
    this.status = response.status;
    this.response = response;
    this.request = request;
  }
};
function checkedAnswer(response, parameters) {
  const where = `${parameters.method} ${parameters.url}`;
  const type = String(response.headers["content-type"] ?? "");
  const parsed = parameters.request?.parseSuccessResponseBody !== false;
  if (parsed && typeof response.data === "string" && /^application\/(\w+\+)?json/.test(type)) {
    throw new AnswerError(`${where}: the answer was cut off or is not JSON`, response, parameters);
  }
  if (response.status >= 200 && response.status < 300) {
    const lacks = lacking(parameters.method, parameters.url, response.data);
    if (lacks !== null)
      throw new AnswerError(`${where}: this is no answer of GitHub's: ${lacks}`, response, parameters);
  }
  const isRead = parameters.method === "GET" || parameters.method === "HEAD";
  if (!isRead && response.status >= 300 && response.status < 400) {
    const moved = { ...response, status: 410 };
    throw new AnswerError(`${where}: the repository has moved; run the workflow again`, moved, parameters);
  }
  return response;
}
function boundedFetch(options2, origin) {
  const send = options2.fetch ?? globalThis.fetch;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (url.origin !== origin) {
      throw new NotAllowedError(`refused to send a request with the token to ${url.origin}`);
    }
    const isRead = init?.method === void 0 || init.method === "GET" || init.method === "HEAD";
    const signals = [AbortSignal.timeout(options2.requestTimeoutMs ?? 3e4)];
    if (options2.signal !== void 0) signals.push(options2.signal);
    if (init?.signal) signals.push(init.signal);
    const response = await send(url, {
      ...init,
      redirect: isRead ? init?.redirect ?? "follow" : "manual",
      signal: AbortSignal.any(signals)
    });
    return withWholeBody(response);
  };
}
async function withWholeBody(response) {
  const announced = Number(response.headers.get("content-length") ?? 0);
  const chunks = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES || announced > MAX_ANSWER_BYTES) {
      throw new NotAllowedError(`an answer of over ${MAX_ANSWER_BYTES} bytes was refused`);
    }
    chunks.push(chunk);
  }
  const nullBody = response.status === 204 || response.status === 205 || response.status === 304;
  const whole2 = new Response(nullBody ? null : Buffer.concat(chunks), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers
  });
  Object.defineProperty(whole2, "url", { value: response.url });
  return whole2;
}
function faultName(error) {
  const code2 = networkCode(error);
  if (code2 !== void 0) return code2;
  const status = error.response?.status;
  if (status !== void 0) return `HTTP ${status}`;
  return error instanceof Error ? error.message : String(error);
}

// src/github/event-payloads.ts
var sha = external_exports.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
var id = external_exports.number().int().nonnegative();
var account = external_exports.looseObject({ login: external_exports.string(), id, type: external_exports.string().optional() });
var repository = external_exports.looseObject({ id, full_name: external_exports.string(), default_branch: external_exports.string().optional() });
var forkable = external_exports.looseObject({ id, owner: external_exports.looseObject({ login: external_exports.string() }).optional() }).nullish();
var payloads = {
  any: external_exports.looseObject({ repository: repository.optional() }),
  pull_request: external_exports.looseObject({
    action: external_exports.string().default(""),
    pull_request: external_exports.looseObject({
      number: id,
      base: external_exports.looseObject({ sha, ref: external_exports.string(), repo: forkable }),
      head: external_exports.looseObject({ sha, ref: external_exports.string(), repo: forkable }),
      user: account.nullish()
    })
  }),
  push: external_exports.looseObject({
    ref: external_exports.string(),
    before: external_exports.string().optional(),
    after: external_exports.string().optional(),
    deleted: external_exports.boolean().default(false)
  }),
  merge_group: external_exports.looseObject({
    merge_group: external_exports.looseObject({ base_sha: sha, base_ref: external_exports.string(), head_sha: sha, head_ref: external_exports.string() })
  }),
  workflow_run: external_exports.looseObject({
    action: external_exports.string().default(""),
    workflow_run: external_exports.looseObject({
      id,
      run_number: id,
      run_attempt: id.default(1),
      workflow_id: id,
      name: external_exports.string().nullish(),
      html_url: external_exports.string().default(""),
      path: external_exports.string(),
      event: external_exports.string(),
      conclusion: external_exports.string().nullish(),
      head_sha: sha,
      head_branch: external_exports.string().nullish(),
      head_repository: forkable,
      actor: external_exports.looseObject({ login: external_exports.string() }).nullish(),
      triggering_actor: external_exports.looseObject({ login: external_exports.string() }).nullish()
    }),
    repository
  }),
  issue_comment: external_exports.looseObject({
    action: external_exports.string(),
    issue: external_exports.looseObject({ number: id, pull_request: external_exports.unknown().optional() }),
    comment: external_exports.looseObject({
      id,
      body: external_exports.string().nullish(),
      created_at: external_exports.string().default(""),
      user: account.nullable()
    })
  })
};

// src/github/event.ts
var DEPENDABOT = "dependabot[bot]";
function readEvent(env, payload) {
  const name = required(env, "GITHUB_EVENT_NAME");
  if (name === "pull_request_target") {
    throw new UsageError(
      "perf-baseline does not run on `pull_request_target`: it would run the code of a pull request with a token that can write and with the secrets of the repository. Use `pull_request` to measure, and for forks a second workflow on `workflow_run` that publishes the result"
    );
  }
  const { repository: known2 } = parse(payloads.any, payload, name);
  const [owner = "", repo = ""] = required(env, "GITHUB_REPOSITORY").split("/");
  if (owner === "" || repo === "") {
    throw new UsageError(`GITHUB_REPOSITORY is '${env.GITHUB_REPOSITORY}'; expected OWNER/NAME`);
  }
  const found = {
    owner,
    repo,
    id: known2?.id ?? null,
    defaultBranch: known2?.default_branch ?? null
  };
  const event = readKind(name, env, payload, found);
  return { event, repository: found, origin: readOrigin(env, event) };
}
function readKind(name, env, payload, repo) {
  switch (name) {
    case "pull_request":
      return readPullRequest2(env, payload);
    case "push": {
      const push = parse(payloads.push, payload, name);
      const before = push.before !== void 0 && /[1-9a-f]/.test(push.before) ? push.before : null;
      return { type: "push", before, deleted: push.deleted, ...onBranch(env, repo, push.ref) };
    }
    case "merge_group": {
      const { merge_group: group } = parse(payloads.merge_group, payload, name);
      return {
        type: "merge_group",
        base: { sha: group.base_sha, ref: group.base_ref.replace(/^refs\/heads\//, "") },
        head: { sha: group.head_sha, ref: group.head_ref }
      };
    }
    case "schedule":
    case "workflow_dispatch":
      return { type: name, ...onBranch(env, repo) };
    case "workflow_run":
      return readWorkflowRun(payload);
    case "issue_comment":
      return readIssueComment(payload);
    default:
      return { type: "other", name, ...onBranch(env, repo) };
  }
}
function readPullRequest2(env, payload) {
  const { action, pull_request: pull } = parse(payloads.pull_request, payload, "pull_request");
  const { base, head } = pull;
  return {
    type: "pull_request",
    action,
    number: pull.number,
    base: { sha: base.sha, ref: base.ref },
    head: {
      sha: head.sha,
      ref: head.ref,
      repoId: head.repo?.id ?? null,
      owner: head.repo?.owner?.login ?? null
    },
    // Only a head repository proven to be the base's own is not a fork: one that is gone was a fork.
    fork: head.repo?.id === void 0 || head.repo.id !== base.repo?.id,
    // The actor decides about the token, not the author: a maintainer's push to Dependabot's branch may write.
    dependabot: env.GITHUB_ACTOR === DEPENDABOT
  };
}
function readWorkflowRun(payload) {
  const parsed = parse(payloads.workflow_run, payload, "workflow_run");
  const { workflow_run: run2, repository: here } = parsed;
  const path = run2.path.replace(/@.*$/, "");
  return {
    type: "workflow_run",
    action: parsed.action,
    run: {
      id: run2.id,
      number: run2.run_number,
      attempt: run2.run_attempt,
      workflowId: run2.workflow_id,
      workflow: run2.name ?? path,
      path,
      event: run2.event,
      conclusion: run2.conclusion ?? null,
      url: run2.html_url,
      headSha: run2.head_sha,
      headBranch: run2.head_branch ?? null,
      headRepoId: run2.head_repository?.id ?? null,
      headOwner: run2.head_repository?.owner?.login ?? null
    },
    fork: run2.head_repository?.id !== here.id,
    dependabot: [run2.actor, run2.triggering_actor].some((actor) => actor?.login === DEPENDABOT)
  };
}
function readIssueComment(payload) {
  const { action, issue, comment: comment2 } = parse(payloads.issue_comment, payload, "issue_comment");
  const { user } = comment2;
  return {
    type: "issue_comment",
    action,
    number: issue.number,
    isPullRequest: issue.pull_request !== void 0 && issue.pull_request !== null,
    comment: {
      id: comment2.id,
      body: comment2.body ?? "",
      createdAt: comment2.created_at,
      author: {
        id: user?.id ?? 0,
        login: user?.login ?? "ghost",
        bot: user === null || user.type !== "User"
      }
    }
  };
}
function onBranch(env, repo, ref = required(env, "GITHUB_REF")) {
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null;
  return {
    ref,
    branch,
    sha: required(env, "GITHUB_SHA"),
    onDefaultBranch: branch !== null && branch === repo.defaultBranch
  };
}
function readOrigin(env, event) {
  const runId = positive(env, "GITHUB_RUN_ID");
  const runAttempt = positive(env, "GITHUB_RUN_ATTEMPT");
  const repo = required(env, "GITHUB_REPOSITORY");
  const server = (env.GITHUB_SERVER_URL ?? "https://github.com").replace(/\/+$/, "");
  return {
    repository: repo,
    event: required(env, "GITHUB_EVENT_NAME"),
    workflow: env.GITHUB_WORKFLOW ?? "",
    runId,
    runNumber: positive(env, "GITHUB_RUN_NUMBER"),
    runAttempt,
    job: env.GITHUB_JOB ?? "",
    url: `${server}/${repo}/actions/runs/${runId}/attempts/${runAttempt}`,
    ...event.type === "pull_request" ? { headSha: event.head.sha } : {}
  };
}
function required(env, name) {
  const value = env[name];
  if (value === void 0 || value === "") {
    throw new UsageError(`${name} is not set; the action runs only as a step of a GitHub workflow`);
  }
  return value;
}
function positive(env, name) {
  const text2 = required(env, name);
  const value = Number(text2);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`${name} is '${text2}'; expected a whole number`);
  return value;
}
function parse(schema, payload, name) {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "payload"}: ${issue.message}`
  );
  throw new UsageError(
    `the payload of the event \`${name}\` (GITHUB_EVENT_PATH) is not usable: ${problems.join("; ")}`
  );
}

// src/github/input-forms.ts
var PORT_PLACE = "${PORT}";
function branchProblem(name) {
  if (name.startsWith("-")) return "it begins with `-`";
  if (name.startsWith("refs/")) return "leave out `refs/heads/`";
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name)) return "it has a character that git does not allow";
  if (/\.\.|@\{|\/\/|^\/|\/$|\.$|^@$/.test(name)) return "it is not a name that git allows";
  if (name.split("/").some((part) => part.startsWith(".") || part.endsWith(".lock"))) {
    return "a part of it begins with `.` or ends with `.lock`";
  }
  return name.length > 200 ? "it is longer than 200 characters" : null;
}
function pathProblem(path) {
  if (path.includes("\0")) return "it has a zero byte";
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)) return "it is absolute";
  let depth = 0;
  for (const part of path.split(/[\\/]/)) {
    if (part === "..") depth -= 1;
    else if (part !== "" && part !== ".") depth += 1;
    if (depth < 0) return "it leads out of the workspace";
  }
  return null;
}
function insideWorkspace(path, workspace) {
  const root = workspace.replace(/[\\/]+$/, "");
  if (root === "" || !path.startsWith(root)) return path;
  const rest = path.slice(root.length);
  if (rest === "") return ".";
  return /^[\\/]/.test(rest) ? rest.replace(/^[\\/]+/, "") || "." : path;
}
function urlProblem(text2) {
  const filled = text2.replaceAll(PORT_PLACE, "8080");
  if (!URL.canParse(filled)) return "it is not a URL";
  const url = new URL(filled);
  if (url.protocol !== "http:" && url.protocol !== "https:") return `${url.protocol}// is not measured`;
  if (url.username !== "" || url.password !== "")
    return "it holds credentials; use a header in a config file instead";
  return null;
}

// src/github/inputs.ts
var CHOICES = {
  compare: ["auto", "stored", "paired", "none"],
  "baseline-store": ["branch", "artifact", "file"],
  "update-baseline": ["auto", "always", "never"],
  comment: ["auto", "on-alert", "never"],
  "fail-on": ["regression", "inconclusive", "never"]
};
var NAMES = [
  "config",
  "start",
  "url",
  "working-directory",
  "github-token",
  "compare",
  "baseline-store",
  "baseline-branch",
  "baseline-path",
  "update-baseline",
  "series",
  "comment",
  "comment-key",
  "fail-on",
  "upload-result",
  "check",
  "legs"
];
var InputError = class extends UsageError {
  name = "InputError";
  problems;
  constructor(problems) {
    super(problems.map((problem) => problem.message).join("\n"));
    this.problems = problems;
  }
};
function readInputs(env, context) {
  const problems = [];
  const add = (name, value, expected, why = "") => problems.push({
    name,
    value,
    expected,
    message: `input \`${name}\` is '${shown(value)}'${why === "" ? "" : `: ${why}`}; expected ${expected}`
  });
  const text2 = (name) => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const optional = (name) => text2(name) || null;
  const path = (name) => insideWorkspace(text2(name), env.GITHUB_WORKSPACE ?? "");
  const choice = (name, fallback) => {
    const value = text2(name);
    if (value === "") return fallback;
    const choices = CHOICES[name];
    if (!choices.includes(value)) add(name, value, `one of ${choices.join(", ")}`);
    return value;
  };
  const flag = (name, fallback) => {
    const value = text2(name);
    if (/^(true|True|TRUE)$/.test(value)) return true;
    if (/^(false|False|FALSE)$/.test(value)) return false;
    if (value !== "") add(name, value, "`true` or `false`");
    return fallback;
  };
  for (const name of unknownInputs(env)) {
    add(name, env[`INPUT_${name.toUpperCase()}`] ?? "", closest(name), "there is no such input");
  }
  const inputs = {
    config: path("config") || null,
    start: optional("start"),
    url: optional("url"),
    workingDirectory: path("working-directory") || ".",
    token: optional("github-token"),
    compare: choice("compare", "auto"),
    baselineStore: choice("baseline-store", "branch"),
    baselineBranch: text2("baseline-branch") || "perf-baseline",
    baselinePath: optional("baseline-path"),
    updateBaseline: choice("update-baseline", "auto"),
    series: text2("series"),
    comment: choice("comment", "auto"),
    commentKey: text2("comment-key") || env.GITHUB_WORKFLOW || "perf-baseline",
    failOn: choice("fail-on", "regression"),
    failOnExplicit: text2("fail-on") !== "",
    uploadResult: flag("upload-result", true),
    check: flag("check", false),
    legs: text2("legs") === "" ? 1 : Number(text2("legs"))
  };
  checkTarget(inputs, context.event, add);
  checkBaseline(inputs, context, add);
  for (const name of ["working-directory", "config"]) {
    const value = path(name);
    const problem = value === "" ? null : pathProblem(value);
    if (problem !== null) add(name, value, "a path inside the workspace", problem);
  }
  if (!/^[1-9]\d{0,3}$/.test(text2("legs") || "1")) add("legs", text2("legs"), "a whole number from 1 on");
  if (inputs.commentKey.length > 200) add("comment-key", inputs.commentKey, "at most 200 characters");
  if (inputs.series.length > 2e3) add("series", inputs.series, "at most 2,000 characters");
  if (problems.length > 0) throw new InputError(problems);
  return inputs;
}
function checkTarget(inputs, event, add) {
  const { config, start, url } = inputs;
  if (event.type === "workflow_run" || event.type === "issue_comment") {
    const why = `on \`${event.type}\` nothing is started or measured: it has the rights of the repository`;
    for (const [name, value] of Object.entries({ start, url }))
      if (value !== null) add(name, value, "nothing here", why);
    return;
  }
  if (url !== null) {
    const problem = urlProblem(url);
    if (problem !== null)
      add("url", url, `an http:// or https:// URL, as http://127.0.0.1:${PORT_PLACE}/`, problem);
  } else if (start !== null) {
    add(
      "start",
      start,
      `\`url\` beside it, the URL to measure, as http://127.0.0.1:${PORT_PLACE}/`,
      "it stands alone"
    );
  }
  if (config !== null && (start !== null || url !== null)) {
    add(
      "config",
      config,
      "either `config`, or `start` and `url`",
      "the config file already says what to start"
    );
  }
}
function checkBaseline(inputs, context, add) {
  const { baselineStore, baselineBranch, baselinePath, updateBaseline } = inputs;
  const branch = branchProblem(baselineBranch);
  if (branch !== null) add("baseline-branch", baselineBranch, "the name of a branch", branch);
  else if (baselineStore === "branch" && baselineBranch === context.defaultBranch) {
    add(
      "baseline-branch",
      baselineBranch,
      "a branch of its own, as perf-baseline",
      "it is the default branch, and baselines would be committed to it"
    );
  }
  const { type } = context.event;
  if (baselineStore === "file" && (type === "workflow_run" || type === "issue_comment")) {
    add("baseline-store", "file", "`branch` or `artifact`", `on \`${type}\` nothing is checked out`);
  } else if (baselineStore === "file" && baselinePath === null) {
    add("baseline-path", "", "the folder of the baselines, since `baseline-store` is `file`");
  }
  if (baselineStore !== "file" && baselinePath !== null) {
    add("baseline-path", baselinePath, "nothing here, or `baseline-store: file`", "no folder is used");
  }
  if (updateBaseline === "always" && context.event.type === "pull_request") {
    add(
      "update-baseline",
      "always",
      "`auto` or `never` on a pull request",
      "a pull request's numbers belong to no branch and never become a baseline"
    );
  }
}
function unknownInputs(env) {
  const known2 = new Set(NAMES.map((name) => `INPUT_${name.toUpperCase()}`));
  return Object.keys(env).filter((key) => key.startsWith("INPUT_") && !known2.has(key)).map((key) => key.slice("INPUT_".length).toLowerCase());
}
function closest(name) {
  const plain2 = (text2) => text2.replace(/[^a-z]/g, "");
  const same = NAMES.find((known2) => plain2(known2) === plain2(name));
  return same === void 0 ? `one of ${NAMES.join(", ")}` : `\`${same}\``;
}
function shown(value) {
  const line = value.replace(/\s+/g, " ");
  return line.length > 120 ? `${line.slice(0, 119)}\u2026` : line;
}

// src/github/payload.ts
import { readFile } from "node:fs/promises";
async function readPayload(env) {
  const file = env.GITHUB_EVENT_PATH;
  if (file === void 0 || file === "") {
    throw new UsageError("GITHUB_EVENT_PATH is not set; the action runs only as a step of a GitHub workflow");
  }
  let text2;
  try {
    text2 = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read the event at ${file}: ${error.message}`);
  }
  try {
    return JSON.parse(text2);
  } catch (error) {
    throw new UsageError(`the event at ${file} is not JSON: ${error.message}`);
  }
}

// src/github/repository.ts
async function readDefaultBranch(client, repo) {
  const { data } = await client.rest.repos.get({ ...repo });
  return data.default_branch;
}

// src/action/context.ts
async function readContext(env, signal2) {
  const secrets = [];
  const log = createLog({ core: core_exports, secrets: () => secrets });
  const { event, repository: repository2, origin } = readEvent(env, await readPayload(env));
  const inputs = readInputs(env, { event, defaultBranch: repository2.defaultBranch });
  const repo = { owner: repository2.owner, repo: repository2.repo };
  if (inputs.token !== null) {
    setSecret(inputs.token);
    secrets.push(inputs.token);
  }
  const apiUrl = env.GITHUB_API_URL || "https://api.github.com";
  const { token } = inputs;
  const client = token === null ? null : createClient({ token, apiUrl, log, signal: signal2, throttle: !isLoopback(apiUrl) });
  const defaultBranch = repository2.defaultBranch ?? (client && await readDefaultBranch(client, repo));
  const settled = settleBranch(event, defaultBranch);
  return {
    env,
    event: settled,
    origin,
    repo,
    defaultBranch,
    inputs,
    client,
    lastWords: () => token === null ? null : createClient({
      token,
      apiUrl,
      log,
      throttle: false,
      attempts: 2,
      requestTimeoutMs: 2e3,
      deadlineMs: 4e3
    }),
    log,
    signal: signal2,
    sleep: (ms) => delay2(ms, void 0, { signal: signal2 }),
    secrets
  };
}
function isLoopback(url) {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname.endsWith(".localhost") || /^(127\.|\[::1\])/.test(hostname);
}
function settleBranch(event, defaultBranch) {
  if (!("onDefaultBranch" in event)) return event;
  return { ...event, onDefaultBranch: event.branch !== null && event.branch === defaultBranch };
}
function requireClient(context, what) {
  if (context.client !== null) return context.client;
  throw new UsageError(
    `The input github-token is empty, and ${what} needs a token: leave it out for its default.`
  );
}

// src/action/reported.ts
import { posix as posix3 } from "node:path";

// src/github/ancestors.ts
async function listAncestors(client, repo, sha2, log) {
  try {
    const { data } = await client.rest.repos.listCommits({ ...repo, sha: sha2, per_page: 100 });
    return data.map((commit) => commit.sha);
  } catch (error) {
    log.warning(
      `${explain(error, "read-commits")}. The newest baseline is used instead of that of the nearest commit`
    );
    return [];
  }
}

// src/github/comment-fit.ts
var CommentTooLongError = class extends Error {
  name = "CommentTooLongError";
};
function fitBody(keyHash, sections, own, renderFrame2, limit = COMMENT_LENGTH, head) {
  const isOwn = (section) => own.has(section.series);
  const longestOwn = sections.filter(isOwn).sort((a, b) => b.text.length - a.text.length);
  const longestFirst = [...sections].sort(
    (a, b) => Number(isOwn(a)) - Number(isOwn(b)) || b.text.length - a.text.length
  );
  const toShort = (section) => {
    const short = section.form === "full" ? own.get(section.series) : void 0;
    return short === void 0 ? section : { ...section, form: "short", text: short() };
  };
  let current = [...sections];
  let body = renderBody(keyHash, current, renderFrame2, head);
  for (const [queue, shrink] of [
    [longestOwn, toShort],
    [longestFirst, firstLine],
    [longestFirst, bare]
  ]) {
    if (body.length <= limit) break;
    current = shrinkUntil(current, queue, shrink, body.length - limit);
    body = renderBody(keyHash, current, renderFrame2, head);
  }
  if (body.length <= limit) return { body, sections: current };
  throw new CommentTooLongError(
    `${sections.length} sections do not fit into a comment of ${limit} characters; give some jobs another \`comment-key\``
  );
}
function shrinkUntil(sections, queue, shrink, excess) {
  const bySeries = new Map(sections.map((section) => [section.series, section]));
  let over = excess;
  for (const { series } of queue) {
    const section = bySeries.get(series);
    if (over <= 0 || section === void 0) break;
    const smaller = shrink(section);
    bySeries.set(series, smaller);
    over -= inertText(section.text).length - inertText(smaller.text).length;
  }
  return [...bySeries.values()];
}
function firstLine(section) {
  if (section.form === "line" || section.form === "bare") return section;
  const line = section.text.split("\n").find((text3) => text3.trim() !== "") ?? "";
  const points = [...line];
  const text2 = points.length > 200 ? `${points.slice(0, 199).join("").replace(/[`<>|*[\]]/g, "")}\u2026` : line;
  return { ...section, form: "line", text: `${text2}

_The rest is in the summary of the run._` };
}
function bare(section) {
  return { ...section, form: "bare", text: "" };
}

// src/github/comment.ts
var SETTLE_MS = 2e3;
var CROWD_MS = 500;
var MAX_CROWD_MS = 15e3;
var MAX_WRITES = 20;
var MAX_LOOKS = 40;
var MAX_FAULTS = 5;
var MAX_WAIT_MS = 12e4;
async function upsertComment(options2) {
  const keyHash = typeof options2.key === "string" ? shortHash(options2.key) : options2.key.hash;
  const thread = openThread(options2.client, options2.repo, options2.issue, keyHash);
  try {
    return await settle(thread, keyHash, options2);
  } catch (error) {
    if (isReadOnlyToken(error)) return { status: "read-only", reason: explain(error, "comment") };
    const reason2 = error instanceof CommentTooLongError ? `could not comment on the pull request: ${error.message}` : explain(error, "comment");
    return { status: "failed", reason: reason2 };
  }
}
async function settle(thread, keyHash, options2) {
  const { sleep, revise = (section) => section } = options2;
  const now = options2.now ?? Date.now;
  const random = options2.random ?? Math.random;
  const end = now() + (options2.deadlineMs ?? 3e5);
  const ours = options2.sections.map(toSection);
  const shorts = new Map(options2.sections.map(({ series, short }) => [shortHash(series), short]));
  const done = { status: "unchanged", id: null, writes: 0, faults: 0, extras: /* @__PURE__ */ new Set() };
  let known2 = [];
  if ((options2.crowd ?? 1) > 1) {
    await sleep(random() * Math.min((options2.crowd ?? 1) * CROWD_MS, MAX_CROWD_MS));
  }
  for (let looks = 1; ; looks++) {
    const comments = await readOwn(thread, done);
    const [first, ...extras] = comments;
    if (first === void 0 && !options2.create) return { status: "skipped" };
    known2 = mergeSections([...known2, ...comments.flatMap(({ body: body2 }) => parseSections(body2).map(revise))]);
    const wanted = mergeSections([...known2, ...ours]);
    const superseded = ours.length > 0 && !ours.some((section) => wanted.includes(section));
    const { renderFrame: renderFrame2, head } = options2;
    const { body } = fitBody(keyHash, wanted, shorts, renderFrame2, COMMENT_LENGTH, head);
    const complete = first !== void 0 && (done.writes === 0 && !superseded ? sameBody(first.body, body) : containsAll(parseSections(first.body), wanted));
    if (complete) {
      const left = await tidy(thread, first, extras, shorts, done, options2.log);
      if (left === 0)
        return { status: superseded ? "superseded" : done.status, ...place(first), sections: wanted };
    }
    if (done.writes >= MAX_WRITES || looks > MAX_LOOKS || now() > end) {
      return {
        status: "failed",
        reason: "could not comment on the pull request: other jobs kept overwriting it"
      };
    }
    for (const extra of extras) done.extras.add(extra.id);
    let waitMs = 0;
    if (!complete) {
      done.writes++;
      const fault = await attempt(() => write(thread, first, body, done), done, now);
      if (fault !== null) options2.log.debug(`comment: ${fault.message}; reading it again`);
      if (options2.hasty === true) return { status: "hasty", before: known2 };
      waitMs = fault?.waitMs ?? 0;
    }
    await sleep(Math.max(SETTLE_MS + SETTLE_MS * looks * random(), waitMs));
  }
}
async function readOwn(thread, done) {
  if (done.status === "updated" && done.id !== null && done.extras.size === 0) {
    const comment2 = await thread.read(done.id);
    if (comment2 !== null) return [comment2];
  }
  return thread.list();
}
async function write(thread, first, body, done) {
  if (first === void 0) {
    done.status = "created";
    await thread.create(body);
    return;
  }
  if (done.status === "unchanged") done.status = "updated";
  done.id = first.id;
  try {
    await thread.update(first.id, body);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
async function tidy(thread, first, extras, own, done, log) {
  let left = 0;
  for (const extra of extras) {
    const isMine = parseSections(extra.body).some(({ series }) => own.has(series));
    if (isMine || done.extras.has(extra.id)) await discard(thread, extra, first, log);
    else left++;
  }
  return left;
}
async function attempt(writeOnce, done, now) {
  try {
    await writeOnce();
    done.faults = 0;
    return null;
  } catch (error) {
    const fault = error instanceof AmbiguousWrite ? { status: "lost" } : classify(error, now());
    const waitMs = "waitMs" in fault ? fault.waitMs ?? 0 : 0;
    done.faults++;
    if (fault.status === "final" || done.faults >= MAX_FAULTS || waitMs > MAX_WAIT_MS) throw error;
    return { message: error instanceof Error ? error.message : String(error), waitMs };
  }
}
async function discard(thread, extra, first, log) {
  try {
    await thread.remove(extra.id);
  } catch (error) {
    log.debug(`could not delete the second comment ${extra.url}: ${explain(error, "comment")}`);
    await thread.update(extra.id, `This report has moved to [the first comment](${first.url}).`);
  }
}
function toSection(own) {
  return {
    series: shortHash(own.series),
    title: plainTitle(own.title),
    state: own.state,
    verdict: own.verdict,
    run: { ...own.run, workflow: workflowHash(own.run.workflow) },
    sha: own.sha.slice(0, 12),
    form: "full",
    text: own.body
  };
}
function workflowHash(workflow) {
  return shortHash(workflow).slice(0, 8);
}
function place(comment2) {
  return { id: comment2.id, url: comment2.url };
}

// src/github/runs.ts
async function readRun(client, repo, id2) {
  const { data } = await client.rest.actions.getWorkflowRun({ ...repo, run_id: id2 });
  const path = data.path.replace(/@.*$/, "");
  return {
    id: data.id,
    number: data.run_number,
    attempt: data.run_attempt ?? 1,
    status: data.status ?? "",
    workflow: data.name ?? path,
    path,
    event: data.event,
    headSha: data.head_sha,
    headRepoId: data.head_repository?.id ?? null,
    dependabot: [data.actor, data.triggering_actor].some((actor) => actor?.login === DEPENDABOT),
    url: data.html_url
  };
}
async function listJobs(client, repo, runId) {
  const jobs = await client.paginate(client.rest.actions.listJobsForWorkflowRun, {
    ...repo,
    run_id: runId,
    filter: "latest",
    per_page: 100
  });
  return jobs.map(({ id: id2, name, status, conclusion }) => ({ id: id2, name, status, conclusion }));
}
async function repeatJob(client, repo, runId, job) {
  const jobs = await listJobs(client, repo, runId);
  const legs = jobs.filter(({ name }) => name === job || name.startsWith(`${job} (`));
  const [only, second] = legs;
  if (only !== void 0 && second === void 0)
    await client.rest.actions.reRunJobForWorkflowRun({ ...repo, job_id: only.id });
  else await client.rest.actions.reRunWorkflow({ ...repo, run_id: runId });
}

// src/action/base-criteria.ts
import { posix as posix2 } from "node:path";

// src/github/told-twice.ts
async function unlessAbsent(ask) {
  for (let looks = 1; ; looks++) {
    try {
      return await ask();
    } catch (error) {
      if (![404, 410].includes(httpStatus(error) ?? 0)) throw error;
      if (looks === 2) return null;
    }
  }
}

// src/github/contents.ts
var MAX_BYTES = 1e6;
async function readFileAt(client, repo, path, ref) {
  const unusable = (reason2) => ({ status: "unusable", reason: `${path} ${reason2}` });
  const answer2 = await unlessAbsent(() => client.rest.repos.getContent({ ...repo, path, ref }));
  if (answer2 === null) return { status: "absent" };
  const data = answer2.data;
  const file = data;
  if (Array.isArray(data) || file.type !== "file") return unusable("is not a plain file");
  if ((file.size ?? 0) > MAX_BYTES || file.encoding !== "base64" || file.content === void 0)
    return unusable(`has more than ${MAX_BYTES} bytes`);
  try {
    const bytes = Buffer.from(file.content, "base64");
    return { status: "found", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return unusable("is not UTF-8 text");
  }
}

// src/action/once.ts
function onceEach(work) {
  const done = /* @__PURE__ */ new Map();
  return (argument) => {
    const known2 = done.get(argument);
    if (known2 !== void 0) return known2;
    const made = work(argument);
    done.set(argument, made);
    made.catch(() => done.delete(argument));
    return made;
  };
}
function once(work) {
  const each = onceEach(work);
  return () => each(void 0);
}

// src/action/base-criteria.ts
var CONFIG_PATH = /^[^\p{C}\\]{1,250}\.(?:ya?ml|json)$/u;
function baseConfigs(context, ref) {
  const client = requireClient(context, "reading the config");
  const read = (path) => explained("read-config", () => readFileAt(client, context.repo, path, ref));
  return { ref, read: onceEach(read) };
}
async function criteriaFor({ series, result }, { context: { inputs }, configs: { ref, read } }) {
  const named2 = inputs.config === null && inputs.workingDirectory === "." ? partsOfSeries(series) : null;
  const folder = named2?.workingDirectory ?? inputs.workingDirectory;
  const path = posix2.normalize(posix2.join(folder, named2?.config ?? inputs.config ?? DEFAULT_FILE));
  const isClaimed = named2 !== null && path !== DEFAULT_FILE;
  const refuse = (why) => ({
    refused: `its series names the config ${JSON.stringify(path.slice(0, 120))}, which ${why}`
  });
  if (isClaimed && !CONFIG_PATH.test(path)) return refuse("is no path of a config: .yml, .yaml or .json");
  const file = await read(path);
  if (file.status === "unusable") {
    if (isClaimed) return refuse("is not a file that can be read as one");
    throw new UsageError(`The config at ${ref} cannot be used: ${file.reason}.`);
  }
  if (file.status === "absent")
    return {
      criteria: defaultCriteria(result.scenarios),
      isConfigured: false,
      warnings: [
        {
          code: "no-base-config",
          message: `There is no ${path} at ${ref.slice(0, 40)}, so the default criteria apply.`
        }
      ]
    };
  try {
    const config = parseConfig(file.text, { file: path, workingDirectory: folder, env: null });
    return { criteria: criteriaOf(config), isConfigured: true, warnings: [] };
  } catch (error) {
    if (!isClaimed || !(error instanceof ConfigError)) throw error;
    return refuse(`cannot be read as one at ${ref.slice(0, 40)}: it has ${counted(error.problems.length)}`);
  }
}
var counted = (problems) => problems === 1 ? "a problem" : `${problems} problems`;

// src/action/judge-again.ts
async function judgeAgain(stored, options2) {
  const { context, ancestors, acceptances, pairs } = options2;
  const warnings = [];
  const found = await criteriaFor(stored, options2);
  if ("refused" in found) return { refused: `${stored.where} is refused: ${found.refused}` };
  const { criteria } = found;
  warnings.push(...found.warnings);
  const lacking2 = found.isConfigured ? lackingIn(stored.result, criteria) : [];
  for (const { sentence } of lacking2) warnings.push({ code: "not-measured", message: `${sentence}.` });
  const candidate = withErrorBounds(stored.result, criteria);
  let source;
  if (pairs && stored.base !== null) source = { type: "paired", result: stored.base };
  else {
    const store = speaking(stored, options2, warnings);
    const { lookup, warnings: told } = await lookUp(candidate, store, ancestors);
    warnings.push(...told);
    source = { type: "lookup", lookup };
    if (stored.base !== null) warnings.push(UNHEARD);
  }
  const unaccepted = judge(candidate, source, criteria);
  const { judged, used } = withAcceptances(unaccepted, candidate, acceptances);
  const title = titleOfSeries(stored.series);
  const report2 = buildReport({
    candidate,
    ...judged,
    title,
    warnings
  });
  if (context.signal.aborted) throw context.signal.reason;
  return { stored, title, unaccepted, judged, report: report2, accepted: used, lacking: lacking2 };
}
function speaking({ series }, { store, workflow }, warnings) {
  if (workflow === null || store.type === "artifact" || partsOfSeries(series) !== null) return store;
  return {
    ...store,
    async history(query) {
      const found = await store.history(query);
      const entries = found.entries.filter(({ result }) => result.origin?.workflow === workflow);
      if (entries.length < found.entries.length) warnings.push(OF_OTHERS);
      return { ...found, entries };
    }
  };
}
var OF_OTHERS = {
  code: "baselines-of-others",
  message: "There are baselines of this series that another workflow has stored. They are not used: the series is what the run of the pull request says it is."
};
var UNHEARD = {
  code: "pair-not-used",
  message: "The run of the pull request measured base and head side by side. Its numbers of the base come from the pull request itself, so the stored baseline speaks here; the comparison of the run is in its summary."
};
function lackingIn({ scenarios }, criteria) {
  return criteria.flatMap(({ name, limits }) => {
    const measured = scenarios.find((scenario) => scenario.name === name);
    if (measured === void 0)
      return [{ sentence: `${quoted(name)} is configured, and was not measured`, limit: limits.length > 0 }];
    const names = new Set(measured.metrics.map((metric) => metric.name));
    return [...new Set(limits.map(({ metric }) => metric))].filter((metric) => !names.has(metric)).map((metric) => ({
      sentence: `${metric} of ${quoted(name)} has a limit, and was not measured`,
      limit: true
    }));
  });
}
var quoted = (name) => JSON.stringify(name.slice(0, 80));
function withErrorBounds(result, criteria) {
  const bounds = new Map(criteria.map(({ name, maxErrors }) => [name, maxErrors]));
  return {
    ...result,
    scenarios: result.scenarios.map((scenario) => ({
      ...scenario,
      maxErrors: bounds.get(scenario.name) ?? scenario.maxErrors
    }))
  };
}

// src/github/annotations.ts
var PER_LEVEL = 10;
var MESSAGE_LENGTH = 4e3;
function annotate(core, annotations) {
  for (const level of ["error", "warning"]) {
    const all = annotations.filter((annotation) => annotation.level === level);
    const shown2 = all.length > PER_LEVEL ? all.slice(0, PER_LEVEL - 1) : all;
    const rest = all.slice(shown2.length);
    for (const annotation of shown2) {
      const { file, line, column } = annotation;
      core[level](sanitiseLog(annotation.message).slice(0, MESSAGE_LENGTH), {
        title: sanitiseLine(annotation.title).slice(0, 200),
        ...file === void 0 ? {} : { file },
        ...file === void 0 || line === void 0 ? {} : { startLine: line },
        ...file === void 0 || line === void 0 || column === void 0 ? {} : { startColumn: column }
      });
    }
    if (rest.length === 0) continue;
    core[level](`${rest.length} more of these; all of them are in the log of this step`, {
      title: "perf-baseline"
    });
    for (const { file, line, column, message } of rest) {
      const place2 = file === void 0 ? "" : `${[file, line, column].filter((part) => part !== void 0).join(":")} `;
      core.info(sanitiseLog(`${level}: ${place2}${message}`));
    }
  }
}
function configAnnotations(problems, root = "") {
  return problems.map((problem) => ({
    level: "error",
    title: "perf-baseline config",
    message: problem.message,
    file: underRoot(root, problem.file),
    line: problem.line,
    column: problem.column
  }));
}
function inputAnnotations(problems) {
  return problems.map(({ message }) => ({ level: "error", title: "perf-baseline input", message }));
}
function reportAnnotations(report2, words) {
  const at = (scenario, metric, kind) => {
    if (words.file === null) return {};
    return { file: words.file, line: words.lineOf?.(scenario, metric, kind) ?? 1 };
  };
  const failed = report2.scenarios.flatMap(
    (scenario) => scenario.failure === void 0 ? [] : [
      {
        level: "error",
        title: `${scenario.name}: not measured`,
        message: scenario.failure.detail,
        ...at(scenario.name)
      }
    ]
  );
  const broken = /* @__PURE__ */ new Map();
  for (const { scenario, part = "", reason: reason2 = "", broken: is } of [...report2.limits, ...report2.comparisons])
    if (is)
      broken.set(`${scenario}
${part}`, {
        level: "error",
        title: `${scenario}: not measured`,
        message: `${part === "" ? "" : `${part}: `}${reason2}`,
        ...at(scenario)
      });
  const limits = report2.limits.filter(({ outcome }) => outcome === "exceeded").map((outcome) => ({
    level: outcome.level === "fail" ? "error" : "warning",
    title: `${outcome.scenario}: limit exceeded`,
    message: words.describeLimit(outcome),
    ...at(outcome.scenario, outcome.metric.name, "limits")
  }));
  const regressions = report2.comparisons.filter(({ verdict, gating, level }) => verdict === "regressed" && gating && level !== null).map((comparison) => ({
    level: comparison.level === "fail" ? "error" : "warning",
    title: `${comparison.scenario}: regressed`,
    message: words.describe(comparison),
    ...at(comparison.scenario, comparison.metric.name, "criteria")
  }));
  return [...failed, ...broken.values(), ...limits, ...regressions];
}
function underRoot(root, file) {
  const folder = root.replace(/^\.\/*/, "").replace(/\/+$/, "");
  return folder === "" ? file : `${folder}/${file}`;
}

// src/github/checks.ts
var CHECK_NAME = "perf-baseline";
var MAX_SUMMARY = 65535;
var MAX_ANNOTATIONS = 50;
var MAX_TRIES = 6;
var MAX_AWAITED = 20;
var SETTLE_MS2 = 2e3;
async function writeCheck(options2) {
  const { own, comment: comment2, alone, sleep } = options2;
  try {
    const current = options2.sha.slice(0, 12);
    let wanted = mergeSections([...comment2 ?? [], ...own]).filter(({ sha: sha2 }) => sha2 === current);
    for (let tries = 1; ; tries++) {
      const existing = alone && comment2 !== null && wanted.length === 1 ? null : await latest(options2);
      if (existing === null && options2.onlyExisting === true) return { status: "absent" };
      const found = existing === null ? [] : parseSections(existing.text);
      if (tries > 1 && containsAll(found, wanted))
        return { status: "written", conclusion: concluded(wanted, options2, awaitedOf(options2, existing)) };
      wanted = mergeSections([...found, ...wanted]);
      const awaited = awaitedOf(options2, existing);
      const conclusion = await write2(options2, existing, wanted, awaited, tries === 1);
      if (comment2 !== null || tries >= MAX_TRIES) return { status: "written", conclusion };
      await sleep(SETTLE_MS2);
    }
  } catch (error) {
    return { status: "failed", reason: explain(error, "check") };
  }
}
function awaitedOf({ own, legs }, existing) {
  const known2 = existing?.awaited ?? [];
  const run2 = own[0]?.run;
  if (run2 === void 0) return known2;
  const before = known2.find(({ workflow }) => workflow === run2.workflow);
  if (before !== void 0 && before.run > run2.id) return known2;
  const least = before?.run === run2.id ? before.legs : 0;
  const now = { workflow: run2.workflow, run: run2.id, legs: Math.max(legs ?? 0, least) };
  return [...known2.filter(({ workflow }) => workflow !== run2.workflow), now].slice(-MAX_AWAITED);
}
function concluded(sections, { failOn, failed, unreported }, awaited = []) {
  const has2 = (verdict) => sections.some((section) => section.state === "final" && section.verdict === verdict);
  if (failed || has2("failed")) return "failure";
  if (has2("regressed")) return failOn === "never" ? "neutral" : "failure";
  if (sections.some(({ state }) => state === "measuring")) return null;
  if (unreported === true) return "cancelled";
  if (awaited.some(({ run: run2, legs }) => reportedOf(sections, run2) < legs)) return null;
  if (has2("cancelled")) return "cancelled";
  if (has2("inconclusive")) return failOn === "inconclusive" ? "failure" : "neutral";
  return has2("none") || has2("new") || sections.length === 0 ? "neutral" : "success";
}
var reportedOf = (sections, id2) => sections.filter(({ run: run2, state }) => run2.id === id2 && state === "final").length;
async function latest({ client, repo, sha: sha2 }) {
  const { data } = await client.rest.checks.listForRef({
    ...repo,
    ref: sha2,
    check_name: CHECK_NAME,
    filter: "latest",
    per_page: 30
  });
  const check2 = data.check_runs.find(({ output }) => hasMarker(output.text ?? "", shortHash(CHECK_NAME)));
  if (check2 === void 0) return null;
  return { id: check2.id, text: check2.output.text ?? "", awaited: parseAwaited(check2.external_id ?? "") };
}
var formatAwaited = (awaited) => awaited.map(({ workflow, run: run2, legs }) => `${workflow}:${run2}:${legs}`).join(" ");
function parseAwaited(text2) {
  return [...text2.slice(0, 1e3).matchAll(/(?:^| )([0-9a-f]{1,20}):(\d{1,15}):(\d{1,4})(?= |$)/g)].map(
    ([, workflow = "", run2, legs]) => ({ workflow, run: Number(run2), legs: Number(legs) })
  );
}
async function write2(options2, existing, sections, awaited, first) {
  const { client, repo, sha: sha2, url } = options2;
  const conclusion = concluded(sections, options2, awaited);
  const external_id = formatAwaited(awaited);
  const text2 = renderBody(
    shortHash(CHECK_NAME),
    sections.map((section) => ({ ...section, form: "bare", text: "" })),
    () => ({ top: "", bottom: "" })
  );
  const output = {
    title: titleOf2(sections, conclusion, awaited),
    summary: cut2(inertText(options2.summary(sections)), MAX_SUMMARY),
    text: cut2(text2, MAX_SUMMARY),
    ...first && { annotations: options2.annotations.slice(0, MAX_ANNOTATIONS).flatMap(apiAnnotation) }
  };
  const state = conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion };
  if (existing === null)
    await client.rest.checks.create({
      ...repo,
      name: CHECK_NAME,
      head_sha: sha2,
      details_url: url,
      external_id,
      output,
      ...state
    });
  else
    await client.rest.checks.update({
      ...repo,
      check_run_id: existing.id,
      details_url: url,
      external_id,
      output,
      ...state
    });
  return conclusion;
}
function titleOf2(sections, conclusion, awaited) {
  const counts = /* @__PURE__ */ new Map();
  for (const { state, verdict } of sections) {
    const word = state === "measuring" ? "measuring" : verdict === "none" ? "without a verdict" : verdict;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => sections.length === 1 ? word : `${count} ${word}`);
  for (const { run: run2, legs } of conclusion === null ? awaited : []) {
    const there = reportedOf(sections, run2);
    if (there < legs) words.push(`${there} of ${legs} jobs have reported`);
  }
  return words.join(", ") || (conclusion ?? "measuring");
}
function apiAnnotation({ level, title, message, file, line }) {
  if (file === void 0) return [];
  return [
    {
      path: file,
      start_line: line ?? 1,
      end_line: line ?? 1,
      annotation_level: level === "error" ? "failure" : "warning",
      title: title.slice(0, 200),
      message: message.slice(0, 4e3)
    }
  ];
}
function cut2(text2, most) {
  return text2.length <= most ? text2 : `${text2.slice(0, most - 1)}\u2026`;
}

// src/action/section.ts
var FRAME_ROOM = 2e3;
function reportSection(place2, report2, accepted) {
  const extra = withAcceptanceLines("", accepted).length;
  return {
    ...frame(place2),
    state: "final",
    verdict: report2.verdict,
    body: withAcceptanceLines(
      formatSection(report2, { maxLength: COMMENT_LIMIT - FRAME_ROOM - extra }),
      accepted
    ),
    short: () => withAcceptanceLines(formatShortSection(report2), accepted)
  };
}
function measuringSection(place2) {
  return { ...frame(place2), state: "measuring", verdict: "none", ...said("\u23F3 Measuring\u2026", "", place2) };
}
function cancelledSection(place2) {
  const words = "This is not a verdict. Run it again for one.";
  return {
    ...frame(place2),
    state: "final",
    verdict: "cancelled",
    ...said("\u23F9\uFE0F Cancelled before it was finished", words, place2)
  };
}
function brokenSection(place2, message) {
  return {
    ...frame(place2),
    state: "final",
    verdict: "failed",
    ...said("\u{1F6D1} Ended with an error: nothing was judged", prose(message.split("\n")[0] ?? "", 400), place2)
  };
}
function silentText(url) {
  const link = linkTarget(url);
  const run2 = link === null ? "" : ` [Run and its log](${link})`;
  return `### \u23F9\uFE0F Never reported

The run ended before this job had a result: it was cancelled, lost its machine, or failed before it could say so.${run2}`;
}
function placeOf(result, title, headSha) {
  if (result.origin === null) throw new Error("a result of a workflow run has an origin");
  return { series: result.series, title, sha: headSha, origin: result.origin };
}
function frame({ series, title, sha: sha2, origin }) {
  const { workflow, runId: id2, runNumber: number, runAttempt: attempt3 } = origin;
  return { series, title, sha: sha2, run: { workflow, id: id2, number, attempt: attempt3 } };
}
function said(heading, words, { title, sha: sha2, origin }) {
  const url = linkTarget(origin.url);
  const facts = [
    ...title === "" ? [] : [code(title, 100)],
    code(sha2.slice(0, 7)),
    ...url === null ? [] : [`[Run and its log](${url})`]
  ].join(" \xB7 ");
  const text2 = [`### ${heading}`, words, facts].filter((part) => part !== "").join("\n\n");
  return { body: text2, short: () => text2 };
}

// src/action/comment.ts
var ALERTS = /* @__PURE__ */ new Set(["failed", "regressed", "inconclusive"]);
var renderFrame = (sections) => ({ top: formatHeading(sections), bottom: "" });
var CROWD = 10;
function isOneOfMany({ inputs }) {
  return !/^(auto\s*(null)?)?$/.test(inputs.series.trim());
}
async function announce(context, request) {
  const { event, inputs, client } = context;
  const again = context.origin.runAttempt > 1;
  if (event.type !== "pull_request" || inputs.comment === "never" || client === null)
    return { judgedBefore: again };
  if (event.fork || event.dependabot) return { judgedBefore: again };
  const outcome = await put(context, event, client, {
    sections: [measuringSection(placeOf2(context, request, event))],
    create: inputs.comment === "auto" && !isOneOfMany(context),
    hasty: true
  });
  const head = event.head.sha.slice(0, 12);
  const before = outcome.status === "hasty" ? outcome.before : [];
  return { judgedBefore: again || before.some(({ sha: sha2, state }) => sha2 === head && state === "final") };
}
async function readAcceptances(context) {
  const { event, client, repo, log } = context;
  if (event.type !== "pull_request" || client === null) return [];
  try {
    const answers = answersAmong(await listOwnComments(client, repo, event.number));
    return acceptancesFor(answers, event.head.sha, /* @__PURE__ */ new Date());
  } catch (error) {
    log.warning(`${explain(error, "comment")}. What was accepted on the pull request is not known here`);
    return [];
  }
}
var LAST_TRIES = 2;
var CANCELLED_MS = 2e3;
var NOWHERE = { url: null, sections: null };
async function comment(context, request, report2, accepted) {
  const { event, inputs, client, log } = context;
  if (event.type !== "pull_request" || inputs.comment === "never") return NOWHERE;
  if (client === null) {
    log.notice("There is no token, so the pull request gets no comment; the report is in the step summary.");
    return NOWHERE;
  }
  const section = reportSection(placeOf2(context, request, event), report2, accepted);
  const current = await currentHead(context, client, event);
  const options2 = {
    sections: [section],
    create: current.open && (inputs.comment === "auto" || ALERTS.has(report2.verdict)),
    head: current.head,
    crowd: isOneOfMany(context) ? CROWD : 1
  };
  const outcome = await put(context, event, client, options2);
  const mayComment = !event.fork && !event.dependabot;
  const refused = outcome.status === "failed" || outcome.status === "read-only" && mayComment;
  if (!refused) return tell(context, outcome);
  const said2 = await insist(context, event, section);
  if (said2) log.notice("The report could be put into the comment only after several tries.");
  return said2 || context.signal.aborted ? NOWHERE : tell(context, outcome);
}
async function insist(context, event, section) {
  const began = performance.now();
  for (let tries = 1; tries <= LAST_TRIES; tries++) {
    const outcome = await sayLast(context, event, section);
    if (outcome === null || outcome.status === "skipped") return false;
    if (outcome.status === "hasty") return true;
    if (context.signal.aborted && performance.now() - began > CANCELLED_MS) return false;
  }
  return false;
}
async function retract(context, request, error) {
  const { event, inputs } = context;
  if (event.type !== "pull_request" || inputs.comment === "never") return;
  const place2 = placeOf2(context, request, event);
  const message = error instanceof Error ? error.message : String(error);
  await insist(
    context,
    event,
    context.signal.aborted ? cancelledSection(place2) : brokenSection(place2, message)
  );
}
function tell({ log }, outcome) {
  switch (outcome.status) {
    case "skipped":
    case "hasty":
      return NOWHERE;
    case "read-only":
      log.notice(
        `The token of this run may not comment (a fork or Dependabot, or a missing permission): the report is in the step summary and the artifact. ${outcome.reason}`
      );
      return NOWHERE;
    case "failed":
      log.warning(outcome.reason);
      return NOWHERE;
    default:
      return { url: outcome.url, sections: outcome.sections };
  }
}
async function sayLast(context, event, section) {
  const client = context.lastWords();
  if (client === null) return null;
  return await put(context, event, client, { sections: [section], create: false, hasty: true });
}
async function put(context, event, client, options2) {
  const { head, ...rest } = options2;
  return await upsertComment({
    client,
    repo: context.repo,
    issue: event.number,
    key: context.inputs.commentKey,
    ...rest,
    ...head !== void 0 && { head },
    renderFrame,
    log: context.log,
    sleep: context.sleep
  });
}
async function currentHead(context, client, event) {
  try {
    const { state, headSha } = await readPullRequest(client, context.repo, event.number);
    const moved = headSha !== event.head.sha;
    if (moved)
      context.log.notice(
        `The pull request has moved on to ${headSha.slice(0, 7)} while ${event.head.sha.slice(0, 7)} was measured: this report is shown as one of an older commit.`
      );
    return { open: state === "open" && !moved, head: headSha };
  } catch (error) {
    context.log.debug(explain(error, "read-pull-request"));
    return { open: true, head: void 0 };
  }
}
function placeOf2({ origin }, request, event) {
  return { series: request.series, title: request.title, sha: event.head.sha, origin };
}

// src/action/render-again.ts
async function renderAgain(context, again) {
  const { pull, judged, remarks = [] } = again;
  const client = requireClient(context, "publishing");
  const sections = judged.map(
    ({ stored, title, report: report2, accepted }) => reportSection(placeOf(stored.result, title, pull.headSha), report2, accepted)
  );
  const commented = context.inputs.comment === "never" ? { url: null, sections: null } : tell(
    context,
    await upsertComment({
      client,
      repo: context.repo,
      issue: pull.number,
      key: again.key,
      sections,
      head: pull.headSha,
      ...again.revise && { revise: again.revise },
      renderFrame: (heads) => ({
        top: [formatHeading(heads), remarks.join("\n")].filter((part) => part !== "").join("\n\n"),
        bottom: ""
      }),
      create: again.create,
      log: context.log,
      sleep: context.sleep
    })
  );
  const { check: check2 } = context.inputs;
  if ((judged.length > 0 || again.mends) && (check2 || context.event.type === "issue_comment"))
    await checkAgain(context, again, commented.sections);
  return commented;
}
async function checkAgain(context, again, comment2) {
  const { pull, judged } = again;
  const own = judged.map(
    ({ stored, title, report: report2, accepted }) => toSection(reportSection(placeOf(stored.result, title, pull.headSha), report2, accepted))
  );
  const texts = judged.map(
    ({ report: report2, accepted }) => withAcceptanceLines(formatShortSection(report2), accepted)
  );
  const { failOn } = context.inputs;
  const outcome = await writeCheck({
    client: requireClient(context, "the check run"),
    repo: context.repo,
    sha: pull.headSha,
    own,
    comment: comment2,
    alone: false,
    // One is what a job that stands alone has without being told.
    legs: context.inputs.legs > 1 ? context.inputs.legs : null,
    unreported: again.unreported === true || judged.some(({ lacking: lacking2 }) => lacking2.length > 0),
    onlyExisting: !context.inputs.check || judged.length === 0,
    failOn,
    // A verdict without the baseline that is there lets nothing pass.
    failed: judged.some((one) => brokenBaseline(one.judged) !== null || failsAnyway(one, failOn)),
    summary: (sections) => [formatHeading(sections), ...texts].join("\n\n").trim(),
    annotations: judged.flatMap(
      ({ report: report2 }) => reportAnnotations(report2, {
        file: null,
        describe: (row) => changeSentence(row, plainVoice),
        describeLimit: (row) => limitSentence(row, plainVoice)
      })
    ),
    url: judged[0]?.stored.result.origin?.url ?? context.origin.url,
    sleep: context.sleep
  });
  if (outcome.status === "written") context.log.info(`check run: ${outcome.conclusion ?? "in progress"}`);
  else if (outcome.status === "failed" && context.inputs.check) context.log.warning(outcome.reason);
  else context.log.debug(`check run: ${outcome.status}`);
}
var failsAnyway = ({ judged, lacking: lacking2 }, failOn) => lacking2.some(({ limit }) => limit) || failOn === "inconclusive" && (isUnlike(judged) || lacking2.length > 0);

// src/baseline/clock.ts
var BASE_MS = 500;
var CAP_MS = 2e4;
function nextWait(previousMs, attemptMs, clock) {
  const base = Math.max(BASE_MS, attemptMs);
  const upper = Math.max(previousMs, base) * 3;
  return Math.min(Math.max(CAP_MS, 8 * attemptMs), base + clock.random() * (upper - base));
}

// src/baseline/provenance.ts
var NEVER_BASELINES = /* @__PURE__ */ new Set(["pull_request", "pull_request_target", "merge_group"]);
function disqualification(result) {
  const event = result.origin?.event;
  if (event === void 0 || !NEVER_BASELINES.has(event)) return void 0;
  return `it was measured on a ${event} event, whose numbers belong to no branch`;
}
function expectProvenance(result, place2) {
  const refuse = (problem) => {
    throw new DocumentError("corrupt", `${place2.location} is refused: ${problem}`);
  };
  if (result.series !== place2.series)
    refuse(`it is of the series ${JSON.stringify(result.series)}, expected ${JSON.stringify(place2.series)}`);
  const measuredIn = result.origin?.repository;
  if (measuredIn !== void 0 && measuredIn.toLowerCase() !== place2.repository.toLowerCase())
    refuse(
      `it was measured in ${measuredIn}, expected ${place2.repository} (after a repository was renamed, delete the baselines of the old name)`
    );
  if (place2.runId !== void 0 && result.origin?.runId !== place2.runId)
    refuse(`it says it is of run ${result.origin?.runId ?? "none"}, expected ${place2.runId}`);
  const disqualified = disqualification(result);
  if (disqualified !== void 0) refuse(disqualified);
}

// src/baseline/store-error.ts
var StoreError = class extends UsageError {
  name = "StoreError";
};
var TransientStoreError = class extends StoreError {
  name = "TransientStoreError";
  waitMs;
  constructor(message, waitMs = 0, options2) {
    super(message, options2);
    this.waitMs = waitMs;
  }
};

// src/baseline/git-database.ts
import { createHash as createHash2 } from "node:crypto";
function blobSha(bytes) {
  return createHash2("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

// src/baseline/window.ts
var WINDOW_ENTRIES = 40;
var WINDOW_BYTES = 3 * 1024 * 1024;
function encodeWindow(copies) {
  const lines = [];
  let bytes = 0;
  for (const [name, copy] of copies) {
    bytes += copy.byteLength;
    if (lines.length === WINDOW_ENTRIES || bytes > WINDOW_BYTES) break;
    lines.push(`${JSON.stringify(name)}:${JSON.stringify(Buffer.from(copy).toString("base64"))}`);
  }
  return `{"perf-baseline/window":1,
"copies":{
${lines.join(",\n")}
}}
`;
}
function verifiedCopies(window, listed2) {
  return new Map([...allCopies(window)].filter(([name, copy]) => blobSha(copy) === listed2.get(name)));
}
function allCopies(window) {
  const copies = /* @__PURE__ */ new Map();
  for (const [name, text2] of Object.entries(parseWindow(window)).slice(0, WINDOW_ENTRIES)) {
    if (typeof text2 === "string") copies.set(name, Buffer.from(text2, "base64"));
  }
  return copies;
}
function parseWindow(window) {
  try {
    const document = JSON.parse(Buffer.from(window).toString("utf8"));
    const copies = document.copies;
    return typeof copies === "object" && copies !== null ? copies : {};
  } catch {
    return {};
  }
}

// src/baseline/zip.ts
var import_yauzl = __toESM(require_yauzl(), 1);
var ZIP_BYTES = 32 * 1024 * 1024;
var ENTRIES = 16;
var UNPACKED_BYTES = 2 * CAPS.textBytes;
async function readZip(bytes, where) {
  const refuse = (problem) => {
    throw new DocumentError("corrupt", `${where} is refused: ${problem}`);
  };
  if (bytes.byteLength > ZIP_BYTES) refuse(`it has ${bytes.byteLength} bytes, expected at most ${ZIP_BYTES}`);
  const files = /* @__PURE__ */ new Map();
  try {
    const zip = await (0, import_yauzl.fromBufferPromise)(Buffer.from(bytes), {
      strictFileNames: true,
      validateEntrySizes: true
    });
    if (zip.entryCount > ENTRIES) refuse(`it has ${zip.entryCount} entries, expected at most ${ENTRIES}`);
    let left = UNPACKED_BYTES;
    for await (const entry of zip.eachEntry()) {
      const problem = oddity(entry, files);
      if (problem !== void 0) refuse(problem);
      const content = await unpack(zip, entry, left);
      if (content === "too large") return refuse(`it unpacks to more than ${UNPACKED_BYTES} bytes`);
      left -= content.byteLength;
      files.set(entry.fileName, content);
    }
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    refuse(`it is no valid zip (${printable(error.message)})`);
  }
  return files;
}
function oddity(entry, files) {
  const name = printable(entry.fileName);
  const unixType = entry.externalFileAttributes >>> 16 & 61440;
  if (entry.fileName.endsWith("/")) return `${name} is a folder, expected files only`;
  if (unixType !== 0 && unixType !== 32768) return `${name} is a link or a device, expected a plain file`;
  if (entry.isEncrypted()) return `${name} is encrypted`;
  if (files.has(entry.fileName)) return `it has two entries named ${name}`;
  if (entry.fileName.includes("/") || entry.fileName.includes("\0"))
    return `${name} is not a plain file name`;
  return void 0;
}
async function unpack(zip, entry, limit) {
  if (entry.uncompressedSize > limit) return "too large";
  const stream = await zip.openReadStreamPromise(entry);
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
function printable(text2) {
  const plain2 = text2.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
  return JSON.stringify(plain2.length > 80 ? `${plain2.slice(0, 80)}\u2026` : plain2);
}

// src/baseline/artifact.ts
var RUNS = 20;
var DOWNLOADS = 2;
var UPLOADS = 5;
var UPLOADS_MS = 3e5;
var BASELINE_FILE = "baseline.json.gz";
var WINDOW_FILE2 = "window.json";
var RESULT_FILE = "result.json.gz";
var BASE_FILE = "base.json.gz";
function artifactStore({ artifacts, clock }) {
  let last;
  const history = (query) => {
    last = { series: query.series, history: readHistory(artifacts, query) };
    return last.history;
  };
  const newest2 = (series) => last?.series === series ? last.history : history({ series, limit: WINDOW_ENTRIES });
  return { type: "artifact", history, append: (result) => append(artifacts, clock, result, newest2) };
}
function artifactName(kind, result, upload3 = 1) {
  const attempt3 = result.origin?.runAttempt ?? 1;
  const suffix = upload3 === 1 ? "" : `-${upload3}`;
  return `perf-baseline-${kind}-${seriesHash(result.series)}-${attempt3}${suffix}`;
}
var NAME2 = /^perf-baseline-(history|result)-([0-9a-f]{20})-(\d{1,6})(?:-(\d{1,6}))?$/;
function parseArtifactName(name) {
  const [, kind, series, attempt3, upload3] = NAME2.exec(name) ?? [];
  if (kind === void 0 || series === void 0) return void 0;
  return {
    kind,
    series,
    attempt: Number(attempt3),
    upload: Number(upload3 ?? 1)
  };
}
async function readHistory(artifacts, query) {
  const found = /* @__PURE__ */ new Map();
  const unreadable = [];
  let downloads = 0;
  for (const run2 of await artifacts.pushRuns(RUNS)) {
    if (downloads >= DOWNLOADS || found.size >= query.limit) break;
    let opened = false;
    for (const artifact of ofSeries(await artifacts.artifactsOf(run2), query.series)) {
      const location = `artifact ${artifact.name} of run ${run2}`;
      const place2 = { location, series: query.series, repository: artifacts.repository };
      const items = await openArtifact(artifacts, artifact, place2, run2);
      if (items.length > 0) opened = true;
      for (const item of items) {
        if ("reason" in item) unreadable.push(item);
        else if (!found.has(item.result.id)) found.set(item.result.id, item);
      }
    }
    if (opened) downloads += 1;
  }
  const ordered = newestFirst([...found.values()]).slice(0, query.limit);
  return { entries: ordered.map(({ file: { result, location } }) => ({ result, location })), unreadable };
}
function ofSeries(listed2, series) {
  const hash2 = seriesHash(series);
  return listed2.flatMap((artifact) => {
    const name = parseArtifactName(artifact.name);
    return name?.kind === "history" && name.series === hash2 && !artifact.expired ? [{ artifact, name }] : [];
  }).sort((a, b) => b.name.attempt - a.name.attempt || b.name.upload - a.name.upload).map(({ artifact }) => artifact);
}
async function openArtifact(artifacts, artifact, place2, run2) {
  let files;
  try {
    const zip = await artifacts.download(artifact, ZIP_BYTES);
    if (zip === "gone") return [];
    files = await readZip(zip, place2.location);
  } catch (error) {
    return [unreadableEntry(error, place2.location)];
  }
  const own = files.get(BASELINE_FILE);
  const opened = [
    own === void 0 ? { location: place2.location, reason: "corrupt", detail: `${place2.location} holds no ${BASELINE_FILE}` } : openBaseline(own, { ...place2, runId: run2 })
  ];
  for (const [name, copy] of allCopies(files.get(WINDOW_FILE2) ?? new Uint8Array())) {
    const item = openBaseline(copy, place2);
    if (!("reason" in item) && item.path === name) opened.push(item);
  }
  return opened;
}
function openBaseline(bytes, place2) {
  try {
    const result = decodeResult(bytes, place2.location, CAPS.storedTextBytes);
    expectProvenance(result, place2);
    return { result, location: place2.location, path: baselineNames(result)[1] };
  } catch (error) {
    return unreadableEntry(error, place2.location);
  }
}
function unreadableEntry(error, location) {
  if (!(error instanceof DocumentError)) throw error;
  return { location, reason: error.reason === "newer" ? "newer" : "corrupt", detail: error.message };
}
async function append(artifacts, clock, result, newest2) {
  const disqualified = disqualification(result);
  if (disqualified !== void 0)
    throw new UsageError(`the result is not stored as a baseline: ${disqualified}`);
  const files = /* @__PURE__ */ new Map([[BASELINE_FILE, encodeBaseline(result)]]);
  const copies = await copiesOfNewest(newest2, result);
  if (copies.size > 0) files.set(WINDOW_FILE2, Buffer.from(encodeWindow(copies)));
  const { name } = await uploadAnew(
    artifacts,
    clock,
    files,
    (upload3) => artifactName("history", result, upload3),
    true
  );
  return { location: `artifact ${name} of run ${result.origin?.runId ?? "unknown"}` };
}
async function copiesOfNewest(newest2, result) {
  try {
    const { entries } = await newest2(result.series);
    const others = entries.filter((entry) => entry.result.id !== result.id).slice(0, WINDOW_ENTRIES - 1);
    return new Map(others.map((entry) => [baselineNames(entry.result)[1], encodeBaseline(entry.result)]));
  } catch (error) {
    if (error instanceof StoreError) return /* @__PURE__ */ new Map();
    throw error;
  }
}
async function uploadResult({ artifacts, clock }, result, base = null) {
  const files = /* @__PURE__ */ new Map([[RESULT_FILE, encodeBaseline(result)]]);
  if (base !== null) files.set(BASE_FILE, encodeBaseline(base));
  return uploadAnew(artifacts, clock, files, (upload3) => artifactName("result", result, upload3), false);
}
async function readUploadedResult(zip, where) {
  const files = await readZip(zip, where);
  const refuse = (problem) => {
    throw new DocumentError("corrupt", `${where} is refused: ${problem}`);
  };
  const stranger = [...files.keys()].find((name) => name !== RESULT_FILE && name !== BASE_FILE);
  if (stranger !== void 0) refuse(`it holds ${JSON.stringify(stranger.slice(0, 80))}, which is no result`);
  const decode = (name) => {
    const bytes = files.get(name);
    return bytes === void 0 ? null : decodeResult(bytes, where, CAPS.storedTextBytes);
  };
  const [result, base] = [decode(RESULT_FILE), decode(BASE_FILE)];
  if (result === null) return refuse(`it holds no ${RESULT_FILE}`);
  if (base !== null && (base.pairing === null || base.pairing.id !== result.pairing?.id))
    return refuse(`its ${BASE_FILE} was not measured beside its ${RESULT_FILE}`);
  return { result, base };
}
async function uploadAnew(artifacts, clock, files, nameOf, lookAfter) {
  const end = clock.now() + UPLOADS_MS;
  let wait = 0;
  for (let upload3 = 1, failures = 0; ; upload3++) {
    const name = nameOf(upload3);
    try {
      const uploaded = await artifacts.upload(name, files);
      if (uploaded === "name-taken" && upload3 < 100) continue;
      if (uploaded === "name-taken")
        throw new StoreError(`could not upload an artifact: ${name} and 99 more are taken`);
      if (lookAfter) await expectThere(artifacts, name, uploaded);
      return { name, id: uploaded.id };
    } catch (error) {
      failures += 1;
      if (!(error instanceof TransientStoreError) || failures >= UPLOADS) throw error;
      wait = nextWait(wait, 0, clock);
      if (clock.now() + Math.max(wait, error.waitMs) > end) throw error;
      await clock.sleep(Math.max(wait, error.waitMs));
    }
  }
}
async function expectThere(artifacts, name, uploaded) {
  const listed2 = await artifacts.find(uploaded.id);
  const sound = listed2?.name === name && (!listed2.digest || !uploaded.digest || listed2.digest === uploaded.digest);
  if (!sound)
    throw new TransientStoreError(
      `could not store the baseline: artifact ${name} is not there as it was uploaded`
    );
}

// src/action/stored-results.ts
var MOST = 64;
async function readStoredResults(artifacts, run2, only = {}) {
  const found = { results: [], refused: [], unread: [] };
  const listed2 = await artifacts.artifactsOf(run2.id);
  const options2 = {
    upTo: only.upTo ?? run2.attempt,
    ...only.series !== void 0 && { series: seriesHash(only.series) }
  };
  const wanted = newest(listed2, options2);
  const [later, ...more] = ofLaterAttempts(listed2, run2.attempt, options2.series);
  if (later !== void 0)
    found.refused.push(
      `artifact ${later} of run ${run2.id} is named for a later attempt than ${run2.attempt}, which this run is at${more.length === 0 ? "" : `, and so are ${more.length} more`}`
    );
  if (wanted.length > MOST)
    found.refused.push(
      `run ${run2.id} has uploaded ${wanted.length} results, and at most ${MOST} are opened: the other ${wanted.length - MOST} were left out`
    );
  for (const { artifact, attempt: attempt3 } of wanted.slice(0, MOST)) {
    const where = `artifact ${artifact.name} of run ${run2.id}`;
    try {
      const zip = artifact.expired ? "gone" : await artifacts.download(artifact, ZIP_BYTES);
      if (zip === "gone") {
        found.refused.push(`${where} has expired or was deleted; run the measurement again`);
        continue;
      }
      const uploaded = await readUploadedResult(zip, where);
      expectOf(run2, artifacts.repository, artifact.name, attempt3, uploaded, where);
      found.results.push({
        where,
        series: uploaded.result.series,
        claimed: uploaded.result.verdict,
        attempt: attempt3,
        since: uploadedSince(listed2, artifact.name),
        result: asKnown(uploaded.result, run2, artifact, attempt3, artifacts.repository),
        base: uploaded.base
      });
    } catch (error) {
      if (error instanceof DocumentError) found.refused.push(error.message);
      else if (error instanceof StoreError) found.unread.push(error.message);
      else throw error;
    }
  }
  return found;
}
function newest(listed2, { upTo, series }) {
  const bySeries = /* @__PURE__ */ new Map();
  for (const artifact of listed2) {
    const name = parseArtifactName(artifact.name);
    if (name?.kind !== "result" || name.attempt > upTo) continue;
    if (series !== void 0 && name.series !== series) continue;
    const known2 = bySeries.get(name.series);
    const isLater = known2 === void 0 || name.attempt > known2.attempt || name.attempt === known2.attempt && name.upload >= known2.upload;
    if (isLater) bySeries.set(name.series, { artifact, ...name });
  }
  return [...bySeries.values()];
}
function ofLaterAttempts(listed2, attempt3, series) {
  return listed2.flatMap(({ name }) => {
    const parsed = parseArtifactName(name);
    const isLater = parsed?.kind === "result" && parsed.attempt > attempt3;
    return isLater && (series === void 0 || parsed.series === series) ? [name] : [];
  });
}
function uploadedSince(listed2, name) {
  const series = parseArtifactName(name)?.series;
  const times = listed2.filter((other) => {
    const parsed = parseArtifactName(other.name);
    return parsed?.kind === "result" && parsed.series === series;
  }).map(({ createdAt }) => createdAt ?? "");
  return times.sort()[0] ?? "";
}
function expectOf(run2, repository2, artifactName2, attempt3, { result, base }, where) {
  const refuse = (problem) => {
    throw new DocumentError("corrupt", `${where} is refused: ${problem}`);
  };
  const same = (what, claimed, known2) => {
    if (claimed !== known2)
      refuse(
        `it says ${what} ${JSON.stringify(claimed ?? null).slice(0, 120)}, expected ${JSON.stringify(known2)}`
      );
  };
  const { origin, series } = result;
  same("repository", origin?.repository.toLowerCase(), repository2.toLowerCase());
  same("run", origin?.runId, run2.id);
  same("attempt", origin?.runAttempt, attempt3);
  same("event", origin?.event, run2.event);
  if (run2.event === "pull_request") same("head", origin?.headSha, run2.headSha);
  else same("commit", result.commit?.sha, run2.headSha);
  const parts = partsOfSeries(series);
  if (parts !== null) same("workflow", parts.workflow, run2.path);
  else same("workflow", origin?.workflow, run2.workflow);
  if (parseArtifactName(artifactName2)?.series !== seriesHash(series))
    refuse("its name is that of another series");
  for (const scenario of [...result.scenarios, ...base?.scenarios ?? []]) {
    const metric = redefined(scenario);
    if (metric !== void 0)
      refuse(
        `${JSON.stringify(scenario.name)} has a metric ${JSON.stringify(metric)} that is not defined so here`
      );
  }
}
function redefined({ type, metrics }) {
  const known2 = Object.hasOwn(metricCatalogue, type) ? metricCatalogue[type] : { scenario: [], part: [] };
  const definitions = new Map(
    [...known2.part, ...known2.scenario].map((metric) => [metric.name, JSON.stringify(metric, sortedKeys)])
  );
  return metrics.find((metric) => definitions.get(metric.name) !== JSON.stringify(metric, sortedKeys))?.name;
}
function sortedKeys(_, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
function asKnown({ verdict: _, ...result }, run2, artifact, attempt3, repository2) {
  return {
    ...result,
    id: `artifact-${artifact.id}`,
    origin: {
      repository: repository2,
      event: run2.event,
      workflow: run2.workflow,
      runId: run2.id,
      runNumber: run2.number,
      runAttempt: attempt3,
      job: result.origin?.job ?? "",
      url: run2.url,
      ...run2.event === "pull_request" && { headSha: run2.headSha }
    }
  };
}

// src/action/stores.ts
import { resolve } from "node:path";

// src/baseline/branch.ts
var FETCHES = 6;
function branchStore(options2) {
  const branch = options2.branch ?? "perf-baseline";
  const settings = { keep: 100, deadlineMs: 3e5, ...options2, branch };
  return {
    type: "branch",
    history: (query) => readHistory2(options2.git, branch, query),
    append: (result) => append2(settings, result)
  };
}
async function readHistory2(git, branch, query) {
  const head = await git.head(branch);
  const history = { entries: [], unreadable: [] };
  if (head === null) return history;
  const files = await git.files(head, seriesFolder(query.series));
  const wanted = newestFirst(files).slice(0, query.limit);
  const copies = wanted.length > 0 ? await readWindow(git, files) : /* @__PURE__ */ new Map();
  let fetches = 0;
  for (const { file, name } of wanted) {
    const location = `branch ${branch}, ${file.path}`;
    try {
      const copy = copies.get(name);
      if (copy === void 0 && ++fetches > FETCHES && history.entries.length > 0) break;
      const bytes = copy ?? await readBaseline(git, file, location);
      const result = decodeResult(bytes, location, CAPS.storedTextBytes);
      expectProvenance(result, { location, series: query.series, repository: git.repository });
      if (!baselineNames(result).includes(name))
        throw new DocumentError(
          "corrupt",
          `${location} is refused: it holds the baseline ${baselineNames(result)[0]}`
        );
      history.entries.push({ result, location });
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      const reason2 = error.reason === "newer" ? "newer" : "corrupt";
      history.unreadable.push({ location, reason: reason2, detail: error.message });
    }
  }
  return history;
}
async function readWindow(git, files) {
  const window = files.find((file) => file.path.endsWith(`/${WINDOW_FILE}`));
  if (window === void 0 || window.bytes > 2 * WINDOW_BYTES) return /* @__PURE__ */ new Map();
  const listed2 = new Map(newestFirst(files).map(({ file, name }) => [name, file.sha]));
  return verifiedCopies(await git.readBlob(window.sha), listed2);
}
function readBaseline(git, file, location) {
  if (file.bytes > CAPS.compressedBytes)
    throw new DocumentError(
      "corrupt",
      `${location} is corrupt: it has ${file.bytes} bytes, expected at most ${CAPS.compressedBytes}`
    );
  return git.readBlob(file.sha);
}
async function append2(settings, result) {
  const disqualified = disqualification(result);
  if (disqualified !== void 0)
    throw new UsageError(`the result is not stored as a baseline: ${disqualified}`);
  const bytes = encodeBaseline(result);
  const writing = { result, folder: seriesFolder(result.series), bytes, sha: blobSha(bytes) };
  const { clock, deadlineMs, branch } = settings;
  const end = clock.now() + deadlineMs;
  let wait = 0;
  for (let attempts = 1; ; attempts++) {
    let obstacle = "another job wrote to the branch each time";
    let asked = 0;
    const started = clock.now();
    try {
      const outcome = await attempt2(settings, writing);
      if (outcome.status === "stored") return outcome.stored;
      if (outcome.status === "moved-on" && clock.now() <= end) continue;
    } catch (error) {
      if (!(error instanceof TransientStoreError)) throw error;
      obstacle = error.message;
      asked = error.waitMs;
    }
    wait = nextWait(wait, clock.now() - started, clock);
    if (clock.now() + Math.max(wait, asked) > end)
      throw new StoreError(
        `the baseline could not be stored on the branch ${branch} within ${Math.round(deadlineMs / 1e3)} s (${attempts} attempts): ${obstacle}. Run the job again`
      );
    await clock.sleep(Math.max(wait, asked));
  }
}
async function attempt2({ git, branch, keep }, writing) {
  const head = await git.head(branch);
  const files = head === null ? [] : await git.files(head, writing.folder);
  const place2 = await findPlace(git, files, writing);
  const location = `branch ${branch}, ${place2.path}`;
  if (place2.taken)
    return { status: "stored", stored: head === null ? { location } : { location, sha: head } };
  const changes = await plan(git, files, writing, place2.path, keep, head === null);
  const commit = await git.commit(head, changes, commitMessage(writing.result));
  if (await git.moveBranch(branch, head, commit) === "raced") return { status: "raced" };
  if (await git.head(branch) === commit) return { status: "stored", stored: { location, sha: commit } };
  return { status: "moved-on" };
}
async function findPlace(git, files, { result, folder, sha: sha2 }) {
  const [name, alternative] = baselineNames(result);
  for (const candidate of [name, alternative]) {
    const path = `${folder}/${candidate}`;
    const file = files.find((other) => other.path === path);
    if (file === void 0) return { path, taken: false };
    if (file.sha === sha2 || await holds(git, file, result.id)) return { path, taken: true };
  }
  throw new StoreError(
    `${folder}/${alternative} is taken by a file that is not this result: delete it from the branch and run the job again`
  );
}
async function holds(git, file, id2) {
  try {
    return decodeResult(await readBaseline(git, file, file.path), file.path).id === id2;
  } catch (error) {
    if (error instanceof DocumentError) return false;
    throw error;
  }
}
async function plan(git, files, writing, path, keep, first) {
  const added = { path, sha: writing.sha, bytes: writing.bytes.byteLength };
  const ordered = newestFirst([...files, added]);
  const removed = ordered.slice(keep).filter(({ file }) => file !== added);
  const window = await nextWindow(git, files, ordered.slice(0, Math.min(keep, WINDOW_ENTRIES)), writing);
  const changes = [
    { path, blob: await git.writeBlob(writing.bytes) },
    { path: `${writing.folder}/${WINDOW_FILE}`, text: window },
    ...removed.map(({ file }) => ({ path: file.path, removed: true }))
  ];
  const seriesFile = `${writing.folder}/${SERIES_FILE}`;
  if (!files.some((file) => file.path === seriesFile)) {
    const text2 = `${JSON.stringify({ series: writing.result.series }, null, 2)}
`;
    changes.push({ path: seriesFile, text: text2 });
  }
  if (first) changes.push({ path: "README.md", text: README });
  return changes;
}
async function nextWindow(git, files, newest2, writing) {
  const known2 = newest2.length > 1 ? await readWindow(git, files) : /* @__PURE__ */ new Map();
  const copies = /* @__PURE__ */ new Map();
  let bytes = 0;
  let fetches = 0;
  for (const { file, name } of newest2) {
    bytes += file.bytes;
    if (bytes > WINDOW_BYTES) break;
    const copy = file.sha === writing.sha ? writing.bytes : known2.get(name);
    if (copy !== void 0) copies.set(name, copy);
    else if (++fetches <= FETCHES) copies.set(name, await git.readBlob(file.sha));
  }
  return encodeWindow(copies);
}
function commitMessage(result) {
  const commit = result.commit === null ? "an unknown commit" : result.commit.sha.slice(0, 12);
  const run2 = result.origin === null ? "" : ` (run ${result.origin.runId}, attempt ${result.origin.runAttempt})`;
  return `Baseline of ${commit}${run2} [skip ci]`;
}

// src/github/artifacts.ts
import { createHash as createHash3 } from "node:crypto";

// src/github/artifact-upload.ts
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
var UPLOAD_STALL_MS = 3e4;
var UPLOAD_TIMEOUT_MS = 9e4;
function uploadArtifact(name, files, { artifactClient = actionsArtifact, signal: signal2 }) {
  return unlessCancelled(() => upload(artifactClient, name, files), signal2);
}
async function unlessCancelled(work, signal2) {
  if (signal2 === void 0) return work();
  signal2.throwIfAborted();
  const cancelled = new Promise((_, reject) => {
    signal2.addEventListener("abort", () => reject(signal2.reason), { once: true });
  });
  return Promise.race([work(), cancelled]);
}
async function withinLimit(work, message) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TransientStoreError(message)), UPLOAD_TIMEOUT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
async function actionsArtifact() {
  process.env.ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS ||= String(UPLOAD_STALL_MS);
  const { DefaultArtifactClient } = await import("./artifact-ENPG27J6.js");
  return new DefaultArtifactClient();
}
async function upload(artifactClient, name, files) {
  const folder = await mkdtemp(join(tmpdir(), "perf-baseline-upload-"));
  try {
    const paths = [];
    for (const [file, bytes] of files) {
      const path = join(folder, file);
      await writeFile(path, bytes);
      paths.push(path);
    }
    const client = await artifactClient();
    const { id: id2, digest } = await withinLimit(
      // The contents are gzip already.
      client.uploadArtifact(name, paths, folder, { compressionLevel: 0 }),
      `could not upload artifact ${name}: it was not through within ${UPLOAD_TIMEOUT_MS / 1e3} s`
    );
    if (id2 === void 0)
      throw new TransientStoreError(`could not upload artifact ${name}: it was given no id`);
    return { id: id2, digest: digest === void 0 ? null : `sha256:${digest.replace(/^sha256:/, "")}` };
  } catch (error) {
    const failure = uploadFailure(error, name);
    if (failure === "name-taken") return failure;
    throw failure;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
function uploadFailure(error, name) {
  if (error instanceof StoreError) return error;
  const { message } = error;
  const cannot = (why) => new StoreError(`could not upload artifact ${name}: ${why}`, { cause: error });
  if (/\(409\)|already exists/i.test(message)) return "name-taken";
  if (error.name === "GHESNotSupportedError")
    return cannot("GitHub Enterprise Server has no such artifacts; use `baseline-store: branch`");
  if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message))
    return cannot("this is possible only inside a workflow run; use another `baseline-store`");
  if (/quota/i.test(message))
    return cannot(
      "the account's artifact storage is used up; delete old artifacts, or use `baseline-store: branch`"
    );
  return new TransientStoreError(
    `could not upload artifact ${name}: ${message.replace(/\s+/g, " ").slice(0, 300)}`,
    0,
    { cause: error }
  );
}

// src/github/store-fault.ts
function asStoreFault(error, action, now) {
  if (error instanceof StoreError) return error;
  const fault = classify(error, now);
  if (error instanceof AmbiguousWrite || fault.status === "lost" || fault.status === "unsent")
    return new TransientStoreError(explain(error, action), 0, { cause: error });
  if (fault.status === "refused")
    return new TransientStoreError(explain(error, action), fault.waitMs ?? 0, { cause: error });
  if (httpStatus(error) === void 0) return error;
  return new StoreError(explain(error, action), { cause: error });
}

// src/github/artifacts.ts
var MOST_ARTIFACTS = 2e3;
var DOWNLOAD_TRIES = 3;
var DOWNLOAD_TIMEOUT_MS = 6e4;
function workflowFileName(workflowRef) {
  const match = /\/\.github\/workflows\/([^/@]+)@/.exec(workflowRef);
  if (match?.[1] !== void 0) return match[1];
  throw new StoreError(
    `GITHUB_WORKFLOW_REF is '${workflowRef}', expected OWNER/REPO/.github/workflows/FILE@REF: the artifact store works inside a workflow run only`
  );
}
function artifactService(options2) {
  const { client, repo } = options2;
  const { actions } = client.rest;
  return {
    repository: `${repo.owner}/${repo.repo}`,
    pushRuns: (limit) => pushRuns(options2, limit),
    artifactsOf: (run2) => call("read-artifact", async () => {
      const all = [];
      const pages = client.paginate.iterator(actions.listWorkflowRunArtifacts, {
        ...repo,
        run_id: run2,
        per_page: 100
      });
      for await (const { data } of pages) {
        all.push(...data);
        if (all.length > MOST_ARTIFACTS)
          throw new StoreError(
            `run ${run2} has more than ${MOST_ARTIFACTS} artifacts, which are too many to look through`
          );
      }
      return all.map(listed);
    }),
    find: (id2) => call("read-artifact", async () => {
      const found = await unlessAbsent(() => actions.getArtifact({ ...repo, artifact_id: id2 }));
      return found && listed(found.data);
    }),
    async download(artifact, maxBytes) {
      if (artifact.bytes > maxBytes)
        throw new DocumentError(
          "corrupt",
          `artifact ${artifact.name} has ${artifact.bytes} bytes, expected at most ${maxBytes}`
        );
      for (let tries = 1; ; tries++) {
        try {
          return await download(options2, artifact, maxBytes);
        } catch (error) {
          if (!(error instanceof TransientStoreError) || tries === DOWNLOAD_TRIES) throw error;
        }
      }
    },
    upload: (name, files) => uploadArtifact(name, files, options2)
  };
}
async function pushRuns({ client, repo, workflow, defaultBranch }, limit) {
  const { actions } = client.rest;
  return call("read-runs", async () => {
    const runs = await unlessAbsent(
      () => actions.listWorkflowRuns({
        ...repo,
        workflow_id: workflow,
        branch: defaultBranch,
        event: "push",
        exclude_pull_requests: true,
        per_page: limit
      })
    );
    if (runs === null) {
      await actions.listWorkflowRunsForRepo({ ...repo, per_page: 1 });
      return [];
    }
    return runs.data.workflow_runs.filter(
      (run2) => run2.event === "push" && run2.head_branch === defaultBranch && run2.head_repository?.id === run2.repository.id
    ).map((run2) => run2.id);
  });
}
var listed = (artifact) => ({
  id: artifact.id,
  name: artifact.name,
  bytes: artifact.size_in_bytes,
  expired: artifact.expired,
  digest: artifact.digest ?? null,
  ...artifact.created_at && { createdAt: artifact.created_at }
});
async function download({ client, repo, apiUrl, fetch: send = globalThis.fetch, signal: signal2 }, artifact, maxBytes) {
  const location = await call("read-artifact", async () => {
    const response = await unlessAbsent(
      () => client.rest.actions.downloadArtifact({
        ...repo,
        artifact_id: artifact.id,
        archive_format: "zip",
        request: { redirect: "manual" }
      })
    );
    return response === null ? "gone" : response.headers.location ?? "";
  });
  if (location === "gone") return "gone";
  if (!isBlobHost(location, apiUrl))
    throw new StoreError(
      `could not read an artifact: GitHub sent its download to ${hostOf(location)}, which is no storage of GitHub's; it was not followed`
    );
  const bytes = await fetchBlob(send, location, maxBytes, artifact.name, signal2);
  const digest = `sha256:${createHash3("sha256").update(bytes).digest("hex")}`;
  if (artifact.digest !== null && artifact.digest !== digest)
    throw new TransientStoreError(
      `could not read artifact ${artifact.name}: it was damaged on its way (${digest}, expected ${artifact.digest})`
    );
  return bytes;
}
async function fetchBlob(send, url, maxBytes, name, signal2) {
  const lost = (why, cause) => new TransientStoreError(`could not read artifact ${name}: ${why}`, 0, { cause });
  try {
    const limits = [AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS), ...signal2 ? [signal2] : []];
    const response = await send(url, { redirect: "error", signal: AbortSignal.any(limits) });
    if (!response.ok) throw lost(`its storage answered ${response.status}`);
    const chunks = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes)
        throw new DocumentError(
          "corrupt",
          `artifact ${name} has more than ${maxBytes} bytes, which is refused`
        );
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    signal2?.throwIfAborted();
    if (error instanceof DocumentError || error instanceof StoreError) throw error;
    throw lost(`the download failed (${error.message})`, error);
  }
}
var BLOB_HOSTS = /(^|\.)(blob\.core\.windows\.net|githubusercontent\.com|ghe\.com)$/;
var LOOPBACK = /^(127\.0\.0\.1|\[::1\]|localhost|.*\.localhost)$/;
function isBlobHost(location, apiUrl) {
  if (!URL.canParse(location)) return false;
  const { protocol, hostname } = new URL(location);
  if (LOOPBACK.test(new URL(apiUrl).hostname)) return LOOPBACK.test(hostname);
  return protocol === "https:" && BLOB_HOSTS.test(hostname);
}
var hostOf = (location) => URL.canParse(location) ? new URL(location).host : "no address";
async function call(action, request) {
  try {
    return await request();
  } catch (error) {
    throw asStoreFault(error, action, Date.now());
  }
}

// src/github/git-database.ts
var RACED = /not a fast.?forward|already exists|does not exist|expected .* but is at|cannot lock ref/i;
function gitDatabase(client, repo, now = Date.now) {
  const { git } = client.rest;
  const treeOf = /* @__PURE__ */ new Map();
  const listings = /* @__PURE__ */ new Map();
  const blobs = /* @__PURE__ */ new Map();
  const written = /* @__PURE__ */ new Set();
  const call2 = async (action, request) => {
    try {
      return await request();
    } catch (error) {
      throw asStoreFault(error, action, now());
    }
  };
  const refOrNull = (branch) => call2("read-baseline", async () => {
    try {
      const { data } = await git.getRef({ ...repo, ref: `heads/${branch}` });
      return data.object.sha;
    } catch (error) {
      if (httpStatus(error) === 404) return null;
      throw error;
    }
  });
  let readable = false;
  const expectReadable = async () => {
    if (readable) return;
    const { data } = await call2("read-repository", () => client.rest.repos.get({ ...repo }));
    readable = await refOrNull(data.default_branch) !== null;
    if (readable) return;
    throw new StoreError(
      `cannot tell whether there is a baseline in ${repo.owner}/${repo.repo}: the token sees no branch ${data.default_branch} either. Add \`contents: read\` under \`permissions:\` of the job or workflow`
    );
  };
  const treeOfCommit = async (commit) => {
    const known2 = treeOf.get(commit);
    if (known2 !== void 0) return known2;
    const { data } = await call2("read-baseline", () => git.getCommit({ ...repo, commit_sha: commit }));
    treeOf.set(commit, data.tree.sha);
    return data.tree.sha;
  };
  const list = async (tree, recursive) => {
    const key = `${tree} ${recursive}`;
    const known2 = listings.get(key);
    if (known2 !== void 0) return known2;
    const { data } = await call2(
      "read-baseline",
      () => git.getTree({ ...repo, tree_sha: tree, ...recursive ? { recursive: "1" } : {} })
    );
    const listed2 = {
      files: data.tree.flatMap(
        (entry) => entry.type === "blob" ? [{ path: entry.path, sha: entry.sha, bytes: entry.size ?? 0 }] : []
      ),
      folders: data.tree.flatMap(
        (entry) => entry.type === "tree" ? [{ path: entry.path, sha: entry.sha }] : []
      ),
      truncated: data.truncated
    };
    listings.set(key, listed2);
    return listed2;
  };
  const walk = async (tree, folder) => {
    let at = tree;
    for (const name of folder.split("/")) {
      const next = (await list(at, false)).folders.find((entry) => entry.path === name);
      if (next === void 0) return [];
      at = next.sha;
    }
    const listed2 = await list(at, true);
    if (listed2.truncated)
      throw new StoreError(
        `${folder} holds more files than GitHub lists: delete the branch of the baselines to start over`
      );
    return listed2.files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
  };
  return {
    repository: `${repo.owner}/${repo.repo}`,
    async head(branch) {
      const sha2 = await refOrNull(branch);
      if (sha2 !== null) return sha2;
      await expectReadable();
      return refOrNull(branch);
    },
    async files(commit, folder) {
      const tree = await treeOfCommit(commit);
      const all = await list(tree, true);
      if (all.truncated) return walk(tree, folder);
      return all.files.filter((file) => file.path.startsWith(`${folder}/`));
    },
    async readBlob(sha2) {
      const known2 = blobs.get(sha2);
      if (known2 !== void 0) return known2;
      const { data } = await call2("read-baseline", () => git.getBlob({ ...repo, file_sha: sha2 }));
      const bytes = Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
      if (blobSha(bytes) !== sha2)
        throw new TransientStoreError(
          `could not read the baseline: the answer for blob ${sha2} was damaged on its way`
        );
      blobs.set(sha2, bytes);
      return bytes;
    },
    async writeBlob(bytes) {
      const sha2 = blobSha(bytes);
      if (written.has(sha2)) return sha2;
      const content = Buffer.from(bytes).toString("base64");
      const { data } = await call2(
        "store-baseline",
        () => git.createBlob({ ...repo, content, encoding: "base64" })
      );
      if (data.sha !== sha2)
        throw new TransientStoreError(
          `could not store the baseline: GitHub received ${data.sha} instead of ${sha2}`
        );
      written.add(sha2);
      blobs.set(sha2, bytes);
      return sha2;
    },
    async commit(parent, changes, message) {
      const base = parent === null ? {} : { base_tree: await treeOfCommit(parent) };
      const tree = await call2(
        "store-baseline",
        () => git.createTree({ ...repo, ...base, tree: changes.map(treeEntry) })
      );
      const { data } = await call2(
        "store-baseline",
        () => git.createCommit({ ...repo, message, tree: tree.data.sha, parents: parent === null ? [] : [parent] })
      );
      treeOf.set(data.sha, tree.data.sha);
      return data.sha;
    },
    moveBranch: (branch, from, to) => call2("store-baseline", async () => {
      try {
        if (from === null) await git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha: to });
        else await git.updateRef({ ...repo, ref: `heads/${branch}`, sha: to, force: false });
        return "moved";
      } catch (error) {
        const status = httpStatus(error);
        if ((status === 409 || status === 422) && RACED.test(error.message))
          return "raced";
        throw error;
      }
    })
  };
}
function treeEntry(change) {
  const file = { path: change.path, mode: "100644", type: "blob" };
  if ("text" in change) return { ...file, content: change.text };
  return { ...file, sha: "removed" in change ? null : change.blob };
}

// src/action/stores.ts
var clockOf = (context) => ({
  now: () => performance.now(),
  sleep: context.sleep,
  random: Math.random
});
var STORES = {
  branch: (context, workflow) => branchStore({
    git: asReader(
      gitDatabase(requireClient(context, "baseline-store: branch"), context.repo),
      workflow,
      "head"
    ),
    clock: clockOf(context),
    branch: context.inputs.baselineBranch
  }),
  artifact: (context, workflow) => {
    const { artifacts, clock } = artifactPorts(context, workflow);
    return artifactStore({ artifacts: asReader(artifacts, workflow, "pushRuns", "artifactsOf"), clock });
  },
  file: ({ inputs }) => fileStore({ path: resolve(inputs.workingDirectory, inputs.baselinePath ?? "") })
};
function asReader(port, workflow, ...names) {
  if (workflow === void 0) return port;
  const once2 = (name) => {
    const ask = port[name];
    return onceEach((argument) => ask(argument));
  };
  return { ...port, ...Object.fromEntries(names.map((name) => [name, once2(name)])) };
}
function openStore(context, workflow) {
  const { inputs, client } = context;
  if (client === null && inputs.baselineStore !== "file" && inputs.updateBaseline !== "always") return null;
  return STORES[inputs.baselineStore](context, workflow);
}
function artifactPorts(context, workflow) {
  const { env, repo, defaultBranch } = context;
  return {
    artifacts: artifactService({
      client: requireClient(context, "reading artifacts"),
      repo,
      workflow: workflow ?? workflowFileName(env.GITHUB_WORKFLOW_REF ?? ""),
      defaultBranch: defaultBranch ?? "",
      apiUrl: env.GITHUB_API_URL || "https://api.github.com",
      signal: context.signal
    }),
    clock: clockOf(context)
  };
}

// src/action/reported.ts
function readReported(pull, own) {
  const head = pull.headSha.slice(0, 12);
  const all = own.flatMap(({ body }) => {
    const keyHash = keyOfBody(body);
    return keyHash === void 0 ? [] : mergeSections(parseSections(body).map((section) => ({ ...section, keyHash })));
  });
  const ofHead = all.filter(({ sha: sha2 }) => sha2 === head);
  const current = ofHead.filter(({ state }) => state === "final");
  return {
    pull,
    current,
    measuring: ofHead.filter(({ state }) => state === "measuring"),
    silent: [],
    older: all.filter(({ sha: sha2 }) => sha2 !== head),
    judge: (context, acceptances) => judgeSections(context, pull, current, acceptances)
  };
}
async function judgeSections(context, pull, sections, acceptances) {
  const client = requireClient(context, "reading results");
  const { repo, log } = context;
  const found = { results: [], refused: [] };
  const ancestors = once(() => listAncestors(client, repo, pull.baseSha, log));
  for (const id2 of new Set(sections.map(({ run: run2 }) => run2.id))) {
    const run2 = await explained("read-runs", () => readRun(client, repo, id2));
    if (run2.event !== "pull_request" || run2.headSha !== pull.headSha) {
      found.refused.push(`run ${id2} did not measure this head`);
      continue;
    }
    const workflow = posix3.basename(run2.path);
    const store = openStore(context, workflow);
    if (store === null) throw new Error("a token opens a store");
    const { artifacts } = artifactPorts(context, workflow);
    const { results, refused, unread } = await readStoredResults(artifacts, run2);
    if (unread[0] !== void 0) throw new UsageError(`${capitalised(unread[0])}. Run this job again.`);
    found.refused.push(...refused);
    const isTrusted = !pull.fork && !run2.dependabot;
    const configs = baseConfigs(context, isTrusted ? pull.headSha : pull.baseRef);
    for (const stored of results) {
      const section = sections.find(
        (one) => one.run.id === id2 && one.series === shortHash(stored.series) && one.run.workflow === workflowHash(run2.workflow)
      );
      if (section === void 0) continue;
      const judged = await judgeAgain(stored, {
        context,
        configs,
        store,
        ancestors,
        acceptances,
        pairs: isTrusted,
        workflow: isTrusted ? null : run2.workflow
      });
      if ("refused" in judged) {
        found.refused.push(judged.refused);
        continue;
      }
      const broken = brokenBaseline(judged.judged);
      if (broken !== null) throw new UsageError(`${broken}. Run this job again.`);
      found.results.push({ ...judged, keyHash: section.keyHash });
    }
  }
  return found;
}
var capitalised = (text2) => text2.charAt(0).toUpperCase() + text2.slice(1);
async function renderReported(context, { pull }, { results, refused }) {
  for (const reason2 of refused) context.log.notice(`Refused: ${reason2}`);
  for (const hash2 of new Set(results.map(({ keyHash }) => keyHash))) {
    const judged = results.filter(({ keyHash }) => keyHash === hash2);
    await renderAgain(context, { pull, key: { hash: hash2 }, judged, create: false });
  }
}
async function repeatReported({ repo }, client, { current, silent, pull }) {
  const lines = [];
  const ended = [...current, ...silent.map(({ section }) => section)];
  for (const id2 of new Set(ended.map(({ run: run2 }) => run2.id))) {
    const run2 = await explained("read-runs", () => readRun(client, repo, id2));
    const link = `[run ${run2.number}](${run2.url})`;
    if (run2.headSha !== pull.headSha) continue;
    if (run2.status !== "completed") {
      lines.push(`${link} is still running.`);
      continue;
    }
    const [job = ""] = ended.find((section) => section.run.id === id2)?.title.split(" (", 1) ?? [];
    try {
      await explained("rerun", () => repeatJob(client, repo, id2, job));
      lines.push(
        `${link} measures \`${pull.headSha.slice(0, 7)}\` again. Its blocks are judged together with the earlier ones.`
      );
    } catch (error) {
      if (!(error instanceof UsageError) || error instanceof DocumentError) throw error;
      lines.push(`${link} was not repeated. ${error.message}.`);
    }
  }
  return lines.join("\n") || "There is no run to repeat.";
}

// src/action/silent.ts
function silenced(section, url) {
  return { ...section, state: "final", verdict: "cancelled", form: "full", text: silentText(url) };
}
async function findSilent(context, client, reported) {
  const { repo, log } = context;
  const silent = [];
  for (const id2 of new Set(reported.measuring.map(({ run: run2 }) => run2.id))) {
    const sections = reported.measuring.filter(({ run: run2 }) => run2.id === id2);
    try {
      const run2 = await explained("read-runs", () => readRun(client, repo, id2));
      const over = run2.status === "completed";
      const jobs = over ? [] : await explained("read-runs", () => listJobs(client, repo, id2));
      for (const section of sections) {
        const ended = run2.attempt === section.run.attempt && (over || jobs.some(({ name, status }) => name === section.title && status === "completed"));
        if (ended) silent.push({ section, url: run2.url });
      }
    } catch (error) {
      log.warning(`${explain(error, "read-runs")}. Whether run ${id2} is still at work is not known`);
    }
  }
  const found = new Set(silent.map(({ section }) => section));
  return { ...reported, silent, measuring: reported.measuring.filter((section) => !found.has(section)) };
}
async function mendSilent(context, { pull, silent }) {
  for (const hash2 of new Set(silent.map(({ section }) => section.keyHash))) {
    const urls = new Map(
      silent.filter(({ section }) => section.keyHash === hash2).map(({ section, url }) => [keyOf(section), url])
    );
    await renderAgain(context, {
      ...{ pull, key: { hash: hash2 }, judged: [], create: false, mends: true },
      revise: (section) => {
        const url = section.state === "measuring" ? urls.get(keyOf(section)) : void 0;
        return url === void 0 ? section : silenced(section, url);
      }
    });
  }
}
var keyOf = ({ series, run: run2 }) => `${series} ${run2.id} ${run2.attempt}`;

// src/action/chat.ts
var PATIENCE_MS = 5e3;
var PATIENCE = 6;
async function answerComment(context, event) {
  const { comment: comment2, number } = event;
  const { log, repo } = context;
  const parsed = parseComment(comment2.body);
  if (event.action !== "created" || !event.isPullRequest || comment2.author.bot || parsed.status === "none") {
    log.info("This is no new comment of a person with a command for perf-baseline: nothing to do.");
    return;
  }
  const client = requireClient(context, "answering a command");
  if (!await isAllowed(context, client, event)) return;
  const body = await explained("comment", () => readCommentBody(client, repo, comment2.id));
  if (body !== comment2.body) {
    log.notice("The command was edited or deleted after it was sent: it has no effect. Write a new comment.");
    if (body !== null) await explained("comment", () => react(client, repo, comment2.id, "-1"));
    return;
  }
  const isFirst = await explained("comment", () => react(client, repo, comment2.id, "eyes"));
  if (await wasAnswered(context, client, event, isFirst ? 1 : PATIENCE)) {
    log.info("This command has its answer already.");
    await makeUpFor(context, client, event);
    return;
  }
  const done = parsed.status === "wrong" ? { words: `I do not understand this: ${parsed.reason}.

${HELP}`, head: "", effect: "none" } : await carryOut(context, client, event, parsed.command);
  await explained(
    "comment",
    () => postAnswer(
      client,
      repo,
      number,
      { comment: comment2.id, head: done.head, effect: done.effect },
      done.words
    )
  );
  if ("afterwards" in done) await done.afterwards?.();
  log.info(`answered: ${sanitiseLine(done.words.split("\n")[0] ?? "")}`);
}
async function isAllowed({ repo, log }, client, { comment: comment2 }) {
  let why = `${comment2.author.login} may not write to this repository`;
  try {
    if (await mayWrite(client, repo, comment2.author)) return true;
  } catch (error) {
    why = `${explain(error, "read-collaborators")}, so it counts as not allowed`;
  }
  log.notice(`The command was not carried out: ${why}.`);
  await explained("comment", () => react(client, repo, comment2.id, "-1"));
  return false;
}
async function wasAnswered({ repo, sleep }, client, { comment: comment2, number }, most) {
  for (let looks = 1; ; looks++) {
    const own = await explained("comment", () => listOwnComments(client, repo, number));
    if (isAnswered(own, comment2.id)) return true;
    if (looks >= most) return false;
    await sleep(PATIENCE_MS);
  }
}
async function makeUpFor(context, client, event) {
  const { repo } = context;
  const own = await explained("comment", () => listOwnComments(client, repo, event.number));
  const answer2 = answersAmong(own).find(({ comment: comment2 }) => comment2 === event.comment.id);
  const pull = await explained("read-pull-request", () => readPullRequest(client, repo, event.number));
  if (answer2 === void 0 || answer2.effect === "none" || answer2.head !== pull.headSha) return;
  const reported = readReported(pull, own);
  const acceptances = acceptancesFor(answersAmong(own), pull.headSha, /* @__PURE__ */ new Date());
  await renderReported(context, reported, await reported.judge(context, acceptances));
}
async function carryOut(context, client, event, command) {
  const { repo } = context;
  const plain2 = (words, head = "") => ({ words, head, effect: "none" });
  if (command.verb === "help") return plain2(HELP);
  const pull = await explained("read-pull-request", () => readPullRequest(client, repo, event.number));
  if (pull.state !== "open")
    return plain2("This pull request is closed: nothing is measured or accepted any more.");
  const own = await explained("comment", () => listOwnComments(client, repo, event.number));
  const acceptances = acceptancesFor(answersAmong(own), pull.headSha, /* @__PURE__ */ new Date());
  const reported = await findSilent(context, client, readReported(pull, own));
  const mend = () => mendSilent(context, reported);
  if (command.verb === "status")
    return { ...plain2(statusWords(reported, acceptances), pull.headSha), afterwards: mend };
  if (command.verb === "rerun" && reported.current.length + reported.silent.length > 0)
    return plain2(await repeatReported(context, client, reported), pull.headSha);
  if (reported.current.length === 0)
    return { ...plain2(notReported(reported), pull.headSha), afterwards: mend };
  if (command.verb === "accept") return await accept(context, event, command, reported, acceptances);
  if (acceptances.length === 0) return plain2("Nothing is accepted for this head.", pull.headSha);
  return {
    words: `Taken back by @${event.comment.author.login}: nothing is accepted for \`${pull.headSha.slice(0, 7)}\` any more.`,
    head: pull.headSha,
    effect: "revoke",
    afterwards: async () => {
      await mend();
      await renderReported(context, reported, await reported.judge(context, []));
    }
  };
}
async function accept(context, { comment: comment2 }, command, reported, acceptances) {
  const { headSha } = reported.pull;
  const plain2 = (words) => ({ words, head: headSha, effect: "none" });
  if (reported.measuring.length > 0)
    return plain2("This head is still being measured: accept what it shows once its report is there.");
  if (command.until !== null && command.until < (/* @__PURE__ */ new Date()).toISOString().slice(0, 10))
    return plain2(`${command.until} is over: give a day that is still to come, or none.`);
  const judged = await reported.judge(context, acceptances);
  if (judged.results.length === 0)
    return plain2(
      `There is nothing to judge again: ${judged.refused[0] ?? "no result of this head was uploaded"}.`
    );
  const late = judged.results.find(({ stored: { since } }) => since > comment2.createdAt);
  if (late !== void 0)
    return plain2(
      `Your comment is older than the report of \`${headSha.slice(0, 7)}\`, so it cannot have been about it. Read the report, then accept it again.`
    );
  const failing = judged.results.flatMap(
    ({ stored, unaccepted: { comparisons, limits } }) => [...comparisons, ...limits].filter(isFailing).map((row) => ({ row, accepted: acceptedRow(stored.series, row) }))
  );
  const met = failing.filter(({ row, accepted }) => accepted !== null && covers(command, row));
  if (met.length === 0)
    return plain2(
      nothingToAccept(
        command,
        failing.map(({ row }) => row)
      )
    );
  if (met.length > MAX_ROWS)
    return plain2(`These are ${met.length} metrics, more than one answer can hold: accept them by scenario.`);
  const { verb: _, ...what } = command;
  const rows = met.flatMap(({ accepted }) => accepted === null ? [] : [accepted]);
  const acceptance = { ...what, login: comment2.author.login, rows };
  return {
    words: acceptedWords(
      acceptance,
      met.map(({ row }) => row),
      headSha
    ),
    head: headSha,
    effect: { type: "accept", ...acceptance },
    afterwards: async () => {
      await mendSilent(context, reported);
      await renderReported(context, reported, await reported.judge(context, [...acceptances, acceptance]));
    }
  };
}
function notReported({ pull, older, measuring, silent }) {
  const head = `\`${pull.headSha.slice(0, 7)}\``;
  if (measuring.length > 0) return `${head}, the head of this pull request, is still being measured.`;
  if (silent.length > 0)
    return `${head}, the head of this pull request, was never reported: its run ended without a word. \`/perf-baseline rerun\` measures it again.`;
  return older.length === 0 ? `There is no report of ${head}, the head of this pull request.` : `There is no report of ${head}, the head of this pull request, yet: the one above is of an older commit.`;
}

// src/action/measure.ts
import { join as join3 } from "node:path";

// src/github/baseline-policy.ts
function updatesBaseline(event, policy) {
  if (policy === "never") return false;
  switch (event.type) {
    case "push":
      return event.onDefaultBranch && !event.deleted;
    case "schedule":
    case "workflow_dispatch":
    case "other":
      return policy === "always" && event.onDefaultBranch;
    case "pull_request":
    case "merge_group":
    case "workflow_run":
    case "issue_comment":
      return false;
  }
}

// src/pipeline/pool.ts
function pool(earlier, later) {
  const unlike = (reason2) => ({ status: "unlike", reason: reason2 });
  const [a, b] = [earlier.result, later.result];
  if (a.series !== b.series) return unlike("the series are not the same");
  if (a.commit?.sha !== b.commit?.sha || a.commit?.dirty || b.commit?.dirty)
    return unlike("they did not measure the same commit");
  const [difference] = environmentDifferences(a.environment, b.environment);
  if (difference !== void 0)
    return unlike(`the machine differs: ${difference.gate} is ${difference.b}, it was ${difference.a}`);
  if (earlier.base === null !== (later.base === null))
    return unlike("one of them measured base and head side by side, the other the head alone");
  if (earlier.base?.commit?.sha !== later.base?.commit?.sha)
    return unlike("they did not measure the same base commit");
  const offset = 1 + lastBlock([a, ...earlier.base ? [earlier.base] : []]);
  const like = b.scenarios.filter(({ name }) => isLike(a, b, name) && (!later.base || isLike(earlier.base, later.base, name))).map(({ name }) => name);
  if (like.length === 0) return unlike("no scenario was measured under the same load in both");
  const result = joined(a, b, like, offset);
  const base = earlier.base && later.base ? joined(earlier.base, later.base, like, offset) : null;
  const blocks = Math.max(2, distinctBlocks(result));
  const sampling = { ...result.sampling, rounds: blocks, ...base && { looks: [blocks] } };
  return {
    status: "pooled",
    result: { ...result, sampling },
    base: base && { ...base, sampling: { ...base.sampling, rounds: blocks, looks: [blocks] } }
  };
}
function isLike(earlier, later, name) {
  const [a, b] = [earlier, later].map((result) => result?.scenarios.find((one) => one.name === name));
  return a?.outcome.status === "measured" && b?.outcome.status === "measured" && a.type === b.type && a.load === b.load;
}
function joined(earlier, later, like, offset) {
  const { loadMs, wallMs } = earlier.sampling;
  return {
    ...later,
    sampling: {
      ...later.sampling,
      loadMs: loadMs + later.sampling.loadMs,
      wallMs: wallMs + later.sampling.wallMs
    },
    scenarios: later.scenarios.map((scenario) => {
      const before = earlier.scenarios.find(({ name }) => name === scenario.name);
      return before !== void 0 && like.includes(scenario.name) ? appended(before, scenario, offset) : scenario;
    })
  };
}
function appended(before, scenario, offset) {
  if (before.outcome.status !== "measured" || scenario.outcome.status !== "measured") return scenario;
  const [first, ...rest] = before.outcome.rounds;
  const shifted = scenario.outcome.rounds.map((round) => ({ ...round, block: round.block + offset }));
  return {
    ...scenario,
    outcome: {
      status: "measured",
      rounds: [first, ...rest, ...shifted],
      warnings: [...before.outcome.warnings, ...scenario.outcome.warnings]
    }
  };
}
var roundsOf = (result) => result.scenarios.flatMap(({ outcome }) => outcome.rounds);
function lastBlock(results) {
  return results.flatMap(roundsOf).reduce((last, { block }) => Math.max(last, block), -1);
}
function distinctBlocks({ scenarios }) {
  return Math.max(
    0,
    ...scenarios.map(({ outcome }) => new Set(outcome.rounds.map(({ block }) => block)).size)
  );
}

// src/action/earlier-attempt.ts
async function readEarlierAttempt(context, request) {
  const { origin, event, client } = context;
  if (origin.runAttempt <= 1 || client === null) return null;
  if (event.type !== "pull_request" && event.type !== "merge_group") return null;
  const run2 = {
    id: origin.runId,
    number: origin.runNumber,
    attempt: origin.runAttempt,
    workflow: origin.workflow,
    path: (context.env.GITHUB_WORKFLOW_REF ?? "").split("@")[0]?.split("/").slice(2).join("/") ?? "",
    event: origin.event,
    headSha: event.head.sha,
    url: origin.url
  };
  try {
    const { results, refused, unread } = await readStoredResults(artifactPorts(context).artifacts, run2, {
      upTo: origin.runAttempt - 1,
      series: request.series
    });
    const [stored] = results;
    if (stored !== void 0) return { status: "found", stored };
    const [reason2] = [...unread, ...refused];
    return reason2 === void 0 ? null : { status: "lost", reason: reason2 };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { status: "lost", reason: error.message };
  }
}
function asBefore(request, earlier) {
  if (earlier?.status !== "found" || request.compare !== "auto" || request.base === null) return request;
  return { ...request, compare: earlier.stored.base === null ? "auto" : "paired" };
}
function withEarlier(request, outcome, earlier) {
  if (earlier === null) return outcome;
  const { judged, result } = outcome;
  const alone = (reason2) => rejudged(request, outcome, result, judged, [
    {
      code: "not-pooled",
      message: `An earlier attempt of this run is not counted in: ${reason2}. This verdict rests on the last attempt alone.`
    }
  ]);
  if (earlier.status === "lost") return alone(earlier.reason);
  const now = { result, base: judged.source.type === "paired" ? judged.source.result : null };
  const pooled = pool(earlier.stored, now);
  if (pooled.status === "unlike") return alone(pooled.reason);
  const source = pooled.base === null ? judged.source : { type: "paired", result: pooled.base };
  const note = {
    code: "pooled",
    message: `This is a re-run: its blocks are judged together with those of attempt ${earlier.stored.attempt}, ${pooled.result.sampling.rounds} in all.`
  };
  const again = judge(pooled.result, source, criteriaOf(request.config));
  return rejudged(request, outcome, pooled.result, again, [note]);
}
function rejudged(request, { report: report2 }, result, judged, warnings) {
  return {
    result,
    judged,
    report: buildReport({
      candidate: result,
      ...judged,
      title: request.title,
      reproduce: request.reproduce,
      criterionChanges: report2.criterionChanges,
      warnings: [...warnings, ...report2.warnings],
      ..."unpaired" in report2.baseline && report2.baseline.unpaired && { unpaired: report2.baseline.unpaired }
    })
  };
}

// src/action/publish.ts
import { copyFile, readFile as readFile2, writeFile as writeFile2 } from "node:fs/promises";
import { join as join2, relative, resolve as resolve2 } from "node:path";

// src/config/lines.ts
function configLines(text2) {
  const { document } = parseSource(text2);
  if (document === null) return () => void 0;
  const lineOf = (path) => exists(document.value, path) ? document.placeOf(path, "key").line : void 0;
  return (scenario, metric, kind = "criteria") => {
    const named2 = metric === void 0 ? void 0 : lineOf(["scenarios", scenario, kind, metric]) ?? lineOf([kind, metric]);
    return named2 ?? lineOf(["scenarios", scenario]);
  };
}
function exists(value, path) {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = at[key];
  }
  return true;
}

// src/github/outputs.ts
var OUTPUT_NAMES = {
  verdict: "verdict",
  regressions: "regressions",
  improvements: "improvements",
  resultPath: "result-path",
  reportPath: "report-path",
  commentUrl: "comment-url",
  baselineSha: "baseline-sha"
};
function setOutputs(core, outputs) {
  for (const [key, name] of Object.entries(OUTPUT_NAMES)) {
    const value = outputs[key];
    core.setOutput(name, value === void 0 ? "" : sanitiseLine(String(value)));
  }
}

// src/github/summary.ts
var SUMMARY_BYTES = 1024 * 1024;
async function writeSummary(summary2, full, short) {
  const form = Buffer.byteLength(full) <= SUMMARY_BYTES ? "full" : "short";
  const text2 = form === "full" ? full : cutLines(short(), SUMMARY_BYTES);
  try {
    await summary2.addRaw(text2).write({ overwrite: true });
    return { status: "written", form };
  } catch (error) {
    return { status: "failed", reason: `could not write the step summary: ${error.message}` };
  }
}
function cutLines(text2, bytes) {
  if (Buffer.byteLength(text2) <= bytes) return text2;
  const note = "\n\n_The rest does not fit into a step summary._\n";
  const room = Buffer.from(text2).subarray(0, bytes - Buffer.byteLength(note));
  const end = room.lastIndexOf(10);
  return room.subarray(0, Math.max(0, end)).toString("utf8") + note;
}

// src/action/check.ts
async function check(context, request, input) {
  const { event, inputs, client, log, origin } = context;
  if (!inputs.check) return;
  if (client === null) {
    log.notice("There is no token, so there is no check run.");
    return;
  }
  const { report: report2, accepted } = input;
  const sha2 = event.type === "pull_request" || event.type === "merge_group" ? event.head.sha : context.env.GITHUB_SHA ?? "";
  const { series, title } = request;
  const own = toSection(reportSection({ series, title, sha: sha2, origin }, report2, accepted));
  const outcome = await writeCheck({
    client,
    repo: context.repo,
    sha: sha2,
    own: [own],
    comment: input.sections,
    alone: origin.runAttempt === 1 && !isOneOfMany(context) && inputs.legs === 1,
    legs: inputs.legs,
    failOn: inputs.failOn,
    failed: input.failed,
    summary: (sections) => [formatHeading(sections), withAcceptanceLines(formatShortSection(report2), accepted)].join("\n\n").trim(),
    annotations: input.annotations,
    url: origin.url,
    sleep: context.sleep
  });
  if (outcome.status === "failed") log.warning(outcome.reason);
  else if (outcome.status === "written")
    log.info(
      `check run: ${outcome.conclusion ?? `in progress, not all of ${inputs.legs} jobs have reported yet (\`legs\`)`}`
    );
}

// src/action/publish.ts
async function publish(context, request, outcome, accepted, keep) {
  const { log, inputs } = context;
  const { report: report2, judged } = outcome;
  const failures = [];
  if (keep !== null) {
    const lost = await storeBaseline(context, outcome, keep);
    if (lost !== null) failures.push(lost);
  }
  const paths = await writeFiles(context, request, outcome);
  const summary2 = await writeSummary(
    summary,
    withAcceptanceLines(formatSummary(report2), accepted),
    () => formatShortSection(report2)
  );
  if (summary2.status === "failed") log.warning(summary2.reason);
  const annotations = await annotationsOf(request, outcome);
  annotate(core_exports, annotations);
  failures.push(...whyItFails(context, outcome));
  if (inputs.uploadResult) await upload2(context, outcome);
  const { url: commentUrl, sections } = await comment(context, request, report2, accepted);
  await check(context, request, { report: report2, accepted, annotations, sections, failed: failures.length > 0 });
  setOutputs(core_exports, {
    verdict: judged.verdict,
    regressions: judged.comparisons.filter((row) => row.gating && row.verdict === "regressed").length,
    improvements: judged.comparisons.filter((row) => row.gating && row.verdict === "improved").length,
    ...paths,
    ...commentUrl !== null && { commentUrl },
    ...baselineSha(outcome)
  });
  log.info(`verdict: ${judged.verdict}`);
  if (failures.length > 0) setFailed(failures.join("\n"));
}
async function storeBaseline({ log }, { result, judged }, store) {
  if (nothingMeasured(result)) {
    log.warning("Nothing could be measured, so no baseline was stored.");
    return null;
  }
  try {
    const { location } = await store.append({ ...result, verdict: judged.verdict });
    log.info(`baseline stored: ${location}`);
    return null;
  } catch (error) {
    return `The baseline was not stored: ${error instanceof Error ? error.message : String(error)}`;
  }
}
async function writeFiles({ env, log }, request, { report: report2 }) {
  const folder = env.RUNNER_TEMP || ".";
  const name = `perf-baseline-${report2.createdAt.replace(/\D/g, "")}`;
  const resultPath = join2(folder, `${name}.json`);
  const reportPath = join2(folder, `${name}.md`);
  try {
    await copyFile(request.resultPath, resultPath);
    await writeFile2(reportPath, `${formatMarkdown(report2)}
`);
    return { resultPath, reportPath };
  } catch (error) {
    log.warning(`The report could not be written to ${folder}: ${error.message}`);
    return {};
  }
}
async function annotationsOf({ config }, { report: report2 }) {
  const file = config.file === null ? null : relative(process.cwd(), resolve2(config.file));
  const text2 = file === null ? "" : await readFile2(file, "utf8").catch(() => "");
  return reportAnnotations(report2, {
    file,
    lineOf: configLines(text2),
    describe: (row) => changeSentence(row, plainVoice),
    describeLimit: (row) => limitSentence(row, plainVoice)
  });
}
async function upload2(context, { result, judged }) {
  if (context.client === null || !context.env.ACTIONS_RUNTIME_TOKEN) {
    context.log.debug("no artifact service here: the result was not uploaded");
    return;
  }
  try {
    const base = judged.source.type === "paired" ? judged.source.result : null;
    const measured = { ...result, verdict: judged.verdict };
    const { name } = await uploadResult(artifactPorts(context), measured, base);
    context.log.info(`result uploaded: artifact ${name}`);
  } catch (error) {
    context.log.warning(
      `The result was not uploaded: ${error instanceof Error ? error.message : String(error)}`
    );
  }
}
function baselineSha({ report: report2 }) {
  const sha2 = report2.baseline.status === "found" ? report2.baseline.commit?.sha : void 0;
  return sha2 === void 0 ? {} : { baselineSha: sha2 };
}
function whyItFails({ event, inputs, log }, { judged }) {
  const { verdict } = judged;
  if (verdict === "failed")
    return ["A scenario, or a part of one, could not be measured; the report says which, and why."];
  const broken = brokenBaseline(judged);
  if (broken !== null) return [broken];
  if (exitCode(judged, inputs.failOn) === 0) return [];
  const found = verdict === "regressed" ? "A metric regressed, or a limit is exceeded" : isUnlike(judged) ? "Nothing was compared, as the environments differ" : "The verdict is inconclusive";
  if (event.type === "push" && event.onDefaultBranch && !inputs.failOnExplicit) {
    log.warning(`${found}. The baseline was stored all the same; set fail-on to fail on it.`);
    return [];
  }
  return [`${found} (fail-on: ${inputs.failOn}).`];
}

// src/action/publish-cancelled.ts
import { access } from "node:fs/promises";
async function publishCancelled({ log }, { title, resultPath }) {
  const kept = await access(resultPath).then(
    () => true,
    () => false
  );
  const text2 = `### \u23F9\uFE0F Cancelled: ${title} was not measured to its end

Nothing was compared, and nothing was stored.`;
  await writeSummary(summary, text2, () => text2);
  log.warning(kept ? `Cancelled. What was measured until then is in ${resultPath}.` : "Cancelled.");
}

// src/action/reproduction.ts
import { relative as relative2, resolve as resolve3 } from "node:path";
function reproductionOf({ file, workingDirectory }, env, base) {
  if (file === null) return null;
  const directory = resolve3(workingDirectory);
  const config = relative2(directory, resolve3(file));
  return reproduction(programOf(env), { workingDirectory: relative2(process.cwd(), directory), config }, base);
}
function programOf({ GITHUB_ACTION_REPOSITORY: repository2, GITHUB_ACTION_REF: ref }) {
  if (!repository2) return "npx perf-baseline";
  return `npx ${shellWord(`github:${repository2}${ref ? `#${ref}` : ""}`)}`;
}

// src/action/measure.ts
async function measureAndPublish(context) {
  const { inputs, log } = context;
  const config = await readConfig({
    file: inputs.config ?? void 0,
    start: inputs.start ?? void 0,
    url: inputs.url ?? void 0,
    workingDirectory: inputs.workingDirectory,
    env: context.env
  });
  context.secrets.push(...config.secrets);
  maskSecrets(core_exports, config.secrets);
  const store = openStore(context);
  if (store === null) log.warning("There is no token, so no baseline can be read: this run only measures.");
  const world = await makeWorld(context.signal, (event) => {
    const line = describeProgress(event);
    if (line !== null) log.info(line);
  });
  const request = await requestOf(context, config, store, world);
  const announced = await announce(context, request);
  try {
    const earlier = await readEarlierAttempt(context, request);
    const measured = withEarlier(request, await run(asBefore(request, earlier), world), earlier);
    const { outcome, accepted } = await withAccepted(context, request, measured, announced);
    const keep = store !== null && updatesBaseline(context.event, inputs.updateBaseline) ? store : null;
    await publish(context, request, outcome, accepted, keep);
  } catch (error) {
    await retract(context, request, error);
    if (context.signal.aborted) await publishCancelled(context, request);
    throw error;
  }
}
async function withAccepted(context, request, outcome, { judgedBefore }) {
  if (!judgedBefore || outcome.judged.verdict !== "regressed") return { outcome, accepted: [] };
  const { judged, used } = withAcceptances(outcome.judged, outcome.result, await readAcceptances(context));
  if (used.length === 0) return { outcome, accepted: [] };
  return { outcome: rejudged(request, outcome, outcome.result, judged, []), accepted: used };
}
async function requestOf(context, config, store, world) {
  const { inputs, env, origin, event } = context;
  const { key, title } = readSeries(inputs.series, env, {
    workingDirectory: inputs.workingDirectory,
    config: inputs.config
  });
  const commit = await commitOf(config.workingDirectory, context.signal);
  const found = await baseOf(context, config.workingDirectory);
  return {
    config,
    compare: inputs.compare,
    only: null,
    series: key,
    title,
    commit: commit ?? { sha: env.GITHUB_SHA ?? "", dirty: false },
    origin,
    environment: await readEnvironment(),
    store,
    ancestors: () => ancestorsOf(context, found.base?.sha ?? null),
    base: found.base,
    noBase: found.base === null ? found.reason : "",
    resultPath: join3(world.workDir, "result.json"),
    reproduce: reproductionOf(config, env, event.type === "pull_request" ? found.base?.sha ?? null : null)
  };
}
async function baseOf(context, directory) {
  const { event, signal: signal2, inputs } = context;
  const none2 = (reason2) => ({ base: null, reason: reason2 });
  if (inputs.compare === "stored" || inputs.compare === "none") return none2("`compare` does not ask for it");
  if (event.type !== "pull_request" && event.type !== "merge_group") {
    return none2(`a run on \`${event.type}\` has no base commit`);
  }
  const remote = remoteOf(context);
  return await gitBase({
    directory,
    ref: event.base.sha,
    ...event.type === "pull_request" && { pullRequestHead: event.head.sha },
    ...remote && { fetchFrom: remote },
    signal: signal2
  });
}
function remoteOf({ env, origin, inputs }) {
  if (inputs.token === null) return null;
  const server = (env.GITHUB_SERVER_URL || "https://github.com").replace(/\/+$/, "");
  const basic = Buffer.from(`x-access-token:${inputs.token}`).toString("base64");
  setSecret(basic);
  return {
    url: `${server}/${origin.repository}`,
    env: {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`
    }
  };
}
async function ancestorsOf(context, baseSha) {
  const { event, client, repo, log } = context;
  const from = baseSha ?? (event.type === "pull_request" || event.type === "merge_group" ? event.base.sha : null);
  const start = from ?? (event.type === "push" ? event.before : null);
  if (client === null || start === null) return [];
  return await listAncestors(client, repo, start, log);
}

// src/action/publish-run.ts
import { posix as posix4 } from "node:path";
var WORST = ["failed", "regressed", "inconclusive", "improved", "unchanged", "new"];
async function publishRun(context, event) {
  const { run: run2 } = event;
  const client = requireClient(context, "publishing a result");
  if (run2.event !== "pull_request") {
    context.log.info(`Run ${run2.id} is of ${run2.event}, not of a pull request: nothing to publish.`);
    return;
  }
  const find = () => explained("read-pull-request", () => findPullRequest(client, context.repo, event));
  const found = await find();
  if (found.status === "none") {
    await tellMaintainer(context, [`Run ${run2.id} is not published: ${found.reason}`], []);
    return;
  }
  if (event.action !== "completed") {
    await announceRun(context, client, event, found.pullRequest);
    return;
  }
  const workflow = posix4.basename(run2.path);
  const { artifacts } = artifactPorts(context, workflow);
  const { results, refused, unread } = await readStoredResults(artifacts, run2);
  const own = await explained(
    "comment",
    () => listOwnComments(client, context.repo, found.pullRequest.number)
  );
  const standing = sectionsIn(own, commentKey(context, run2.workflow));
  const reported = (series, attempt3) => standing.some(
    (section) => section.series === shortHash(series) && section.state === "final" && section.run.id === run2.id && section.run.attempt >= attempt3
  );
  const store = openStore(context, workflow);
  if (store === null) throw new Error("a token opens a store");
  const judged = [];
  const { pullRequest } = found;
  const isTrusted = !event.fork && !event.dependabot && !pullRequest.fork;
  const ancestors = once(() => listAncestors(client, context.repo, pullRequest.baseSha, context.log));
  const acceptances = acceptancesFor(answersAmong(own), run2.headSha, /* @__PURE__ */ new Date());
  const configs = baseConfigs(context, isTrusted ? run2.headSha : pullRequest.baseRef);
  for (const stored of results) {
    if (isTrusted && reported(stored.series, stored.attempt)) continue;
    const one = await judgeAgain(stored, {
      context,
      configs,
      store,
      ancestors,
      acceptances,
      pairs: isTrusted,
      workflow: isTrusted ? null : run2.workflow
    });
    if ("refused" in one) refused.push(one.refused);
    else judged.push(one);
  }
  const now = await find();
  const lines = [
    ...refused.map((reason2) => `Refused: ${reason2}`),
    ...unread.map((reason2) => `Not published: ${reason2}`),
    ...judged.flatMap(({ title, lacking: lacking2 }) => lacking2.map(({ sentence }) => `${title}: ${sentence}`))
  ];
  if (now.status === "none") {
    await tellMaintainer(context, [...lines, `Run ${run2.id} is not published: ${now.reason}`], []);
    return;
  }
  const unusable = refused.length + unread.length > 0;
  const { pullRequest: pull } = now;
  await publishAll(context, client, { event, pull, judged, standing, lines, isTrusted, unusable });
  const broken = new Set(judged.flatMap((one) => brokenBaseline(one.judged) ?? []));
  const again = [...unread, ...broken];
  if (again.length > 0) setFailed([...again, "Run this job again."].join("\n"));
}
async function announceRun(context, client, { run: run2 }, pull) {
  const own = await explained("comment", () => listOwnComments(client, context.repo, pull.number));
  const key = commentKey(context, run2.workflow);
  const head = pull.headSha.slice(0, 12);
  const standing = sectionsIn(own, key);
  if (standing.length === 0 || standing.some(({ sha: sha2 }) => sha2 === head)) return;
  if ((await explained("read-runs", () => readRun(client, context.repo, run2.id))).status === "completed")
    return;
  const remarks = [`- \u23F3 ${code(head.slice(0, 7))}, the latest commit, is being measured`];
  await renderAgain(context, { pull, key, judged: [], create: false, remarks });
}
var UNUSABLE = "- \u26A0\uFE0F Not all that was uploaded for this commit could be used, so this is not all of it: the run that published it says why";
async function publishAll(context, client, { event: { run: run2 }, pull, judged, standing, lines, isTrusted, unusable }) {
  const isOfRun = (section) => section.run.id === run2.id && section.run.workflow === workflowHash(run2.workflow);
  const isLeft = (section) => section.state === "measuring" && isOfRun(section) && section.run.attempt <= run2.attempt;
  const reported = [
    ...standing.filter((section) => isOfRun(section) && !isLeft(section)).map(({ title }) => title),
    ...judged.map(({ title }) => title)
  ];
  const left = standing.filter(isLeft).map(({ title }) => title);
  const silent = await silentJobs(context, client, run2.id, reported, left);
  const isStale = standing.some(({ sha: sha2 }) => sha2 !== pull.headSha.slice(0, 12));
  const alert = judged.some(({ judged: { verdict } }) => ALERTS.has(verdict));
  let url = null;
  if (judged.length + left.length + silent.length > 0 || isStale) {
    const commented = await renderAgain(context, {
      pull,
      key: commentKey(context, run2.workflow),
      judged,
      // A run of the repository itself may have been told to comment on alerts only.
      create: judged.length > 0 && (alert || context.inputs.comment === "auto" && !isTrusted),
      revise: (section) => isLeft(section) ? silenced(section, run2.url) : section,
      mends: left.length + silent.length > 0,
      unreported: unusable || silent.some(({ conclusion }) => conclusion !== "skipped"),
      remarks: [
        ...silent.map(
          ({ name, conclusion }) => `- \u23F9\uFE0F ${code(name, 100)} did not report for this commit: ${conclusion}`
        ),
        ...unusable ? [UNUSABLE] : []
      ]
    });
    url = commented.url;
  }
  const notes = judged.flatMap(
    ({ stored: { claimed }, title, judged: { verdict } }) => claimed === void 0 || claimed === verdict ? [] : [`The result of ${title} says ${verdictWord2(claimed)} of itself; judged anew it is ${verdict}`]
  );
  if (judged.length === 0 && lines.length === 0)
    context.log.info(`Run ${run2.id} has nothing left to publish: it reported itself, or uploaded no result.`);
  await tellMaintainer(context, [...lines, ...notes], judged);
  if (judged.length > 0) writeOutputs(judged, url);
}
var verdictWord2 = (claimed) => WORST.find((one) => one === claimed) ?? "something that is no verdict";
async function silentJobs({ repo, log }, client, runId, reported, left) {
  const base = (title) => title.split(" (", 1)[0] ?? "";
  const known2 = new Set([...reported, ...left].map(base));
  if (known2.size === 0) return [];
  try {
    const jobs = await listJobs(client, repo, runId);
    return jobs.filter(({ conclusion }) => conclusion !== "success").filter(({ name }) => known2.has(base(name)) && ![...reported, ...left].includes(name)).map(({ name, conclusion }) => ({ name, conclusion: conclusion ?? "no conclusion" }));
  } catch (error) {
    log.warning(`${explain(error, "read-runs")}. Jobs that did not report are not listed`);
    return [];
  }
}
async function tellMaintainer({ log }, lines, judged) {
  for (const line of lines) log.notice(plain(line));
  const reports = (format) => judged.map(format).join("\n\n---\n\n");
  const text2 = (body) => [lines.map((line) => `- \u26A0\uFE0F ${prose(line, 600)}`).join("\n"), body].filter((part) => part !== "").join("\n\n");
  if (lines.length + judged.length === 0) return;
  const summary2 = await writeSummary(
    summary,
    text2(reports(({ report: report2, accepted }) => withAcceptanceLines(formatMarkdown(report2), accepted))),
    () => text2(reports(({ report: report2 }) => formatShortSection(report2)))
  );
  if (summary2.status === "failed") log.warning(summary2.reason);
}
function writeOutputs(judged, url) {
  const rows = judged.flatMap(({ judged: { comparisons } }) => comparisons.filter(({ gating }) => gating));
  const verdict = WORST.find((one) => judged.some((each) => each.judged.verdict === one)) ?? "new";
  setOutputs(core_exports, {
    verdict,
    regressions: rows.filter((row) => row.verdict === "regressed").length,
    improvements: rows.filter((row) => row.verdict === "improved").length,
    ...url !== null && { commentUrl: url }
  });
}
function commentKey({ env, inputs }, workflow) {
  return (env["INPUT_COMMENT-KEY"] ?? "").trim() === "" ? workflow : inputs.commentKey;
}
function sectionsIn(comments, key) {
  return comments.filter(({ body }) => hasMarker(body, shortHash(key))).flatMap(({ body }) => parseSections(body));
}

// src/action.ts
async function answer(context) {
  switch (context.event.type) {
    case "workflow_run":
      await publishRun(context, context.event);
      return;
    case "issue_comment":
      await answerComment(context, context.event);
      return;
    case "push":
      if (context.event.deleted)
        context.log.info(`${context.event.ref} was deleted: there is nothing to measure.`);
      else await measureAndPublish(context);
      return;
    default:
      await measureAndPublish(context);
  }
}
function report(error) {
  if (error instanceof ConfigError) {
    annotate(core_exports, configAnnotations(error.problems));
    setFailed(
      "The config has problems; nothing was started. They are listed above, each with its place."
    );
  } else if (error instanceof InputError) {
    annotate(core_exports, inputAnnotations(error.problems));
    setFailed("The inputs have problems; nothing was started. They are listed above.");
  } else if (error instanceof UsageError || error instanceof Error && error.name === "CancelledError") {
    setFailed(sanitiseLog(error.message));
  } else {
    setFailed(sanitiseLog(error instanceof Error ? error.stack ?? error.message : String(error)));
  }
}
var signal = cancelledBySignals();
try {
  await answer(await readContext(process.env, signal));
} catch (error) {
  report(error);
}
if (signal.aborted) process.exit();
setTimeout(() => process.exit(), 1e3).unref();
