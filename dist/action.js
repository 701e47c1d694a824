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
  saveResult,
  secretForms,
  seriesFolder,
  seriesHash,
  shellWord,
  shownVerdict,
  thresholdSize,
  verdictWord
} from "./chunk-T4FINWQW.js";
import "./chunk-4C5J6HC5.js";
import {
  ConfigError,
  DocumentError,
  UsageError
} from "./chunk-7RQUT3IG.js";
import {
  CUT,
  maskForms
} from "./chunk-GSSPXH45.js";
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
  __export,
  __require,
  __toESM
} from "./chunk-JDI7PFEP.js";

// node_modules/punycode.js/punycode.js
var require_punycode = __commonJS({
  "node_modules/punycode.js/punycode.js"(exports, module) {
    "use strict";
    var maxInt = 2147483647;
    var base = 36;
    var tMin = 1;
    var tMax = 26;
    var skew = 38;
    var damp = 700;
    var initialBias = 72;
    var initialN = 128;
    var delimiter = "-";
    var regexPunycode = /^xn--/;
    var regexNonASCII = /[^\0-\x7F]/;
    var regexSeparators = /[\x2E\u3002\uFF0E\uFF61]/g;
    var errors = {
      "overflow": "Overflow: input needs wider integers to process",
      "not-basic": "Illegal input >= 0x80 (not a basic code point)",
      "invalid-input": "Invalid input"
    };
    var baseMinusTMin = base - tMin;
    var floor = Math.floor;
    var stringFromCharCode = String.fromCharCode;
    function error(type) {
      throw new RangeError(errors[type]);
    }
    function map(array, callback) {
      const result = [];
      let length = array.length;
      while (length--) {
        result[length] = callback(array[length]);
      }
      return result;
    }
    function mapDomain(domain, callback) {
      const parts = domain.split("@");
      let result = "";
      if (parts.length > 1) {
        result = parts[0] + "@";
        domain = parts[1];
      }
      domain = domain.replace(regexSeparators, ".");
      const labels = domain.split(".");
      const encoded = map(labels, callback).join(".");
      return result + encoded;
    }
    function ucs2decode(string) {
      const output = [];
      let counter = 0;
      const length = string.length;
      while (counter < length) {
        const value = string.charCodeAt(counter++);
        if (value >= 55296 && value <= 56319 && counter < length) {
          const extra = string.charCodeAt(counter++);
          if ((extra & 64512) == 56320) {
            output.push(((value & 1023) << 10) + (extra & 1023) + 65536);
          } else {
            output.push(value);
            counter--;
          }
        } else {
          output.push(value);
        }
      }
      return output;
    }
    var ucs2encode = (codePoints) => String.fromCodePoint(...codePoints);
    var basicToDigit = function(codePoint) {
      if (codePoint >= 48 && codePoint < 58) {
        return 26 + (codePoint - 48);
      }
      if (codePoint >= 65 && codePoint < 91) {
        return codePoint - 65;
      }
      if (codePoint >= 97 && codePoint < 123) {
        return codePoint - 97;
      }
      return base;
    };
    var digitToBasic = function(digit, flag) {
      return digit + 22 + 75 * (digit < 26) - ((flag != 0) << 5);
    };
    var adapt = function(delta, numPoints, firstTime) {
      let k = 0;
      delta = firstTime ? floor(delta / damp) : delta >> 1;
      delta += floor(delta / numPoints);
      for (; delta > baseMinusTMin * tMax >> 1; k += base) {
        delta = floor(delta / baseMinusTMin);
      }
      return floor(k + (baseMinusTMin + 1) * delta / (delta + skew));
    };
    var decode2 = function(input) {
      const output = [];
      const inputLength = input.length;
      let i = 0;
      let n = initialN;
      let bias = initialBias;
      let basic = input.lastIndexOf(delimiter);
      if (basic < 0) {
        basic = 0;
      }
      for (let j = 0; j < basic; ++j) {
        if (input.charCodeAt(j) >= 128) {
          error("not-basic");
        }
        output.push(input.charCodeAt(j));
      }
      for (let index = basic > 0 ? basic + 1 : 0; index < inputLength; ) {
        const oldi = i;
        for (let w = 1, k = base; ; k += base) {
          if (index >= inputLength) {
            error("invalid-input");
          }
          const digit = basicToDigit(input.charCodeAt(index++));
          if (digit >= base) {
            error("invalid-input");
          }
          if (digit > floor((maxInt - i) / w)) {
            error("overflow");
          }
          i += digit * w;
          const t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias;
          if (digit < t) {
            break;
          }
          const baseMinusT = base - t;
          if (w > floor(maxInt / baseMinusT)) {
            error("overflow");
          }
          w *= baseMinusT;
        }
        const out = output.length + 1;
        bias = adapt(i - oldi, out, oldi == 0);
        if (floor(i / out) > maxInt - n) {
          error("overflow");
        }
        n += floor(i / out);
        i %= out;
        output.splice(i++, 0, n);
      }
      return String.fromCodePoint(...output);
    };
    var encode2 = function(input) {
      const output = [];
      input = ucs2decode(input);
      const inputLength = input.length;
      let n = initialN;
      let delta = 0;
      let bias = initialBias;
      for (const currentValue of input) {
        if (currentValue < 128) {
          output.push(stringFromCharCode(currentValue));
        }
      }
      const basicLength = output.length;
      let handledCPCount = basicLength;
      if (basicLength) {
        output.push(delimiter);
      }
      while (handledCPCount < inputLength) {
        let m = maxInt;
        for (const currentValue of input) {
          if (currentValue >= n && currentValue < m) {
            m = currentValue;
          }
        }
        const handledCPCountPlusOne = handledCPCount + 1;
        if (m - n > floor((maxInt - delta) / handledCPCountPlusOne)) {
          error("overflow");
        }
        delta += (m - n) * handledCPCountPlusOne;
        n = m;
        for (const currentValue of input) {
          if (currentValue < n && ++delta > maxInt) {
            error("overflow");
          }
          if (currentValue === n) {
            let q = delta;
            for (let k = base; ; k += base) {
              const t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias;
              if (q < t) {
                break;
              }
              const qMinusT = q - t;
              const baseMinusT = base - t;
              output.push(
                stringFromCharCode(digitToBasic(t + qMinusT % baseMinusT, 0))
              );
              q = floor(qMinusT / baseMinusT);
            }
            output.push(stringFromCharCode(digitToBasic(q, 0)));
            bias = adapt(delta, handledCPCountPlusOne, handledCPCount === basicLength);
            delta = 0;
            ++handledCPCount;
          }
        }
        ++delta;
        ++n;
      }
      return output.join("");
    };
    var toUnicode = function(input) {
      return mapDomain(input, function(string) {
        return regexPunycode.test(string) ? decode2(string.slice(4).toLowerCase()) : string;
      });
    };
    var toASCII = function(input) {
      return mapDomain(input, function(string) {
        return regexNonASCII.test(string) ? "xn--" + encode2(string) : string;
      });
    };
    var punycode2 = {
      /**
       * A string representing the current Punycode.js version number.
       * @memberOf punycode
       * @type String
       */
      "version": "2.3.1",
      /**
       * An object of methods to convert from JavaScript's internal character
       * representation (UCS-2) to Unicode code points, and back.
       * @see <https://mathiasbynens.be/notes/javascript-encoding>
       * @memberOf punycode
       * @type Object
       */
      "ucs2": {
        "decode": ucs2decode,
        "encode": ucs2encode
      },
      "decode": decode2,
      "encode": encode2,
      "toASCII": toASCII,
      "toUnicode": toUnicode
    };
    module.exports = punycode2;
  }
});

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
    function fromRandomAccessReaderPromise(reader2, totalSize, options2) {
      return new Promise((resolve4, reject) => {
        fromRandomAccessReader(reader2, totalSize, { ...options2, lazyEntries: true }, function(err, zipfile) {
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
        var reader2 = new fd_slicer.FdSlicer(fd);
        fromRandomAccessReader(reader2, stats.size, options2, callback);
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
      var reader2 = new fd_slicer.BufferSlicer(buffer);
      fromRandomAccessReader(reader2, buffer.length, options2, callback);
    }
    function fromRandomAccessReader(reader2, totalSize, options2, callback) {
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
      reader2.ref();
      var eocdrWithoutCommentSize = 22;
      var zip64EocdlSize = 20;
      var maxCommentSize = 65535;
      var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + maxCommentSize, totalSize);
      var buffer = newBuffer(bufferSize);
      var bufferReadStart = totalSize - buffer.length;
      readAndAssertNoEof(reader2, buffer, 0, bufferSize, bufferReadStart, function(err) {
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
          var comment3 = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
          if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
            var zip64EocdlBuffer = buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize);
            var zip64EocdrOffset = readUInt64LE(zip64EocdlBuffer, 8);
            var zip64EocdrBuffer = newBuffer(56);
            return readAndAssertNoEof(reader2, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err2) {
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
              return callback(null, new ZipFile(reader2, centralDirectoryOffset, totalSize, entryCount, comment3, options2.autoClose, options2.lazyEntries, decodeStrings, options2.validateEntrySizes, options2.strictFileNames));
            });
          }
          if (diskNumber !== 0) {
            return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
          }
          return callback(null, new ZipFile(reader2, centralDirectoryOffset, totalSize, entryCount, comment3, options2.autoClose, options2.lazyEntries, decodeStrings, options2.validateEntrySizes, options2.strictFileNames));
        }
        callback(new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
      });
    }
    util.inherits(ZipFile, EventEmitter);
    function ZipFile(reader2, centralDirectoryOffset, fileSize, entryCount, comment3, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
      var self = this;
      EventEmitter.call(self);
      self.reader = reader2;
      self.reader.on("error", function(err) {
        emitError(self, err);
      });
      self.reader.once("close", function() {
        self.emit("close");
      });
      self.readEntryCursor = centralDirectoryOffset;
      self.fileSize = fileSize;
      self.entryCount = entryCount;
      self.comment = comment3;
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
    function readAndAssertNoEof(reader2, buffer, offset, length, position, callback) {
      if (length === 0) {
        return setImmediate(function() {
          callback(null, newBuffer(0));
        });
      }
      reader2.read(buffer, offset, length, position, function(err, bytesRead) {
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
      var written2 = 0;
      writeStream._write = function(chunk, encoding, cb) {
        chunk.copy(buffer, offset + written2, 0, chunk.length);
        written2 += chunk.length;
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
var MOST_FAILING = 24;
var isOfRun = ({ ruling }) => ruling?.by === "run";
var isQuiet = (head) => isOfRun(head) && head.ruling?.conclusion === "success";
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
  const all = [...newest2.values()];
  return all.filter(
    (section) => !isOfRun(section) || !all.some(({ run: run2 }) => run2.workflow === section.run.workflow && run2.id > section.run.id)
  ).sort(
    (a, b) => Number(isOfRun(b)) - Number(isOfRun(a)) || order(a.title, b.title) || order(a.series, b.series)
  );
}
function containsAll(found2, wanted) {
  return wanted.every(
    (section) => found2.some((other) => other.series === section.series && compareRuns(other, section) >= 0)
  );
}
function staleSeries(sections, head) {
  if (head !== void 0) {
    const current = head.slice(0, 12);
    return new Set(sections.filter(({ sha: sha2 }) => sha2 !== current).map(({ series }) => series));
  }
  const newest2 = sections.reduce(
    (latest, section) => latest === void 0 || section.run.id > latest.run.id ? section : latest,
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
  "accepted",
  "cancelled",
  "none"
];
var unknownVerdict = external_exports.string().regex(/^[a-z-]{1,30}$/).transform(() => "none");
var markerSchema = external_exports.tuple([
  hash,
  external_exports.string().max(200),
  external_exports.enum(["measuring", "final"]),
  external_exports.enum(verdicts).or(unknownVerdict),
  hash,
  whole,
  whole,
  whole,
  external_exports.string().regex(/^[0-9a-f]{0,40}$/),
  external_exports.enum(["full", "short", "line", "bare"]),
  // What is not understood of it is as if it were not there.
  external_exports.string().optional()
]);
var CONCLUSIONS = { s: "success", n: "neutral", c: "cancelled", f: "failure" };
var RULES = { r: "regression", i: "inconclusive", n: "never", w: "run" };
var formatRuling = ({ conclusion, by }, finding) => `${conclusion.charAt(0)}${by === "run" ? "w" : by.charAt(0)}${finding === void 0 ? "" : formatFinding(finding)}`;
var formatFinding = ({ reportedAt, failing, more }) => [reportedAt.toString(36), ...failing, ...more ? ["+"] : []].join(",");
var FINDING = new RegExp(`^..([0-9a-z]{1,8})((?:,[0-9a-f]{8}){0,${MOST_FAILING}})(,\\+)?$`);
function readFinding(text3 = "") {
  const [, time, rows = "", more] = FINDING.exec(text3) ?? [];
  if (time === void 0) return null;
  const failing = rows.split(",").filter((row) => row !== "");
  return { reportedAt: Number.parseInt(time, 36), failing, more: more !== void 0 };
}
function readRuling(text3 = "") {
  const [letter = "", rule = ""] = text3;
  const conclusion = CONCLUSIONS[letter];
  const by = RULES[rule];
  return conclusion === void 0 || by === void 0 ? null : { conclusion, by };
}
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
function inertText(text3) {
  return text3.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "").replace(new RegExp("\\p{Surrogate}", "gu"), "\uFFFD").replace(/<!--(?=\s*\/?\s*perf-baseline)/gi, "&lt;!--").trim();
}
function renderBody(keyHash, sections, renderFrame2, head) {
  const stale = staleSeries(sections, head);
  const isHidden = (section) => isQuiet(section) || isOfRun(section) && stale.has(section.series);
  const frame2 = renderFrame2(
    sections.filter((section) => !isHidden(section)).map(({ text: _, form: __, ...head2 }) => ({ ...head2, stale: stale.has(head2.series) }))
  );
  const parts = [`${commentMarker(keyHash)}
${inertText(frame2.top)}`];
  for (const section of sections) {
    if (isHidden(section)) {
      parts.push(`${sectionMarker(section)}
${END}`);
      continue;
    }
    const isStale = stale.has(section.series);
    const at = `\`${section.sha.slice(0, 7)}\``;
    const overtaken = isStale && section.state === "measuring";
    const note = isStale && !overtaken ? `_Measured at ${at}, not at the latest commit:_

` : "";
    const text3 = overtaken ? `### \u23F9\uFE0F Never reported

Nothing came of ${at}, which is not the latest commit.` : inertText(section.text);
    parts.push(`${note}${sectionMarker(section)}
${text3 === "" ? "" : `
${text3}

`}${END}`);
  }
  parts.push(inertText(frame2.bottom));
  return parts.join("\n\n").trim();
}
function parseSections(body) {
  const text3 = body.replace(/\r\n?/g, "\n");
  const sections = [];
  let open = null;
  for (const match of text3.matchAll(MARKER)) {
    const [marker, encoded] = match;
    if (encoded !== void 0) {
      const head = readMarker(encoded);
      open = head === null ? null : { head, start: match.index + marker.length };
    } else if (open !== null) {
      sections.push({ ...open.head, text: text3.slice(open.start, match.index).trim() });
      open = null;
    }
  }
  return sections;
}
function sameBody(a, b) {
  const plain2 = (text3) => text3.replace(/\r\n?/g, "\n").trim();
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
  if (section.ruling !== void 0) fields[10] = formatRuling(section.ruling, section.finding);
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
  const [series, title, state, verdict, workflow, id2, number, attempt3, sha2, form, letters] = parsed.data;
  const ruling = readRuling(letters);
  const finding = readFinding(letters);
  return {
    ...{ series, title, state, verdict, run: { workflow, id: id2, number, attempt: attempt3 }, sha: sha2, form },
    ...ruling !== null && { ruling },
    ...ruling !== null && finding !== null && { finding }
  };
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
  return causes(error).map(({ code: code3 }) => code3).find((code3) => typeof code3 === "string");
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
  const code3 = networkCode(cause) ?? (/timeout/i.test(said2) ? "timeout" : void 0);
  const ambiguous = error instanceof AmbiguousWrite ? " It may have taken effect all the same." : "";
  if (code3 === void 0) return `${said2}.${ambiguous}`.replace(/\.\.$/, ".");
  const advice = code3 === "ENOTFOUND" || code3 === "EAI_AGAIN" ? "the name of GitHub's server could not be resolved; check the runner's network and `GITHUB_API_URL`" : "the connection to GitHub failed; check the runner's network or proxy, and run the job again";
  return `${advice} (${code3}).${ambiguous}`;
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
  const text3 = source instanceof Error ? source.message : String(source);
  return text3.replace(/\s+- https:\/\/docs\.github\.com\S*/g, "").replace(/\s+/g, " ").trim().slice(0, 300);
}

// src/github/comment-thread.ts
var MAX_PAGES = 200;
function openThread(client, repo, issue, keyHash) {
  const once2 = { request: { lookFirst: true } };
  const own = (comment3) => ({
    id: comment3.id,
    url: comment3.html_url,
    body: comment3.body ?? ""
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
        marked.push(...data.filter((comment3) => hasMarker(comment3.body ?? "", keyHash)));
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
var NONE_ACCEPTED = { holding: [], expired: [] };
function acceptancesFor(answers, head, now) {
  const today = now.toISOString().slice(0, 10);
  let standing = [];
  for (const { head: given, effect } of [...answers].sort((a, b) => a.comment - b.comment)) {
    if (effect === "revoke") standing = [];
    if (given !== head || typeof effect === "string") continue;
    standing.push(withoutType(effect));
  }
  const isOver2 = ({ until }) => until !== null && until < today;
  return { holding: standing.filter((one) => !isOver2(one)), expired: standing.filter(isOver2) };
}
function isDecided(answers, head) {
  return answers.some((answer2) => answer2.head === head && answer2.effect !== "none");
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
function acceptedIn(comments, head) {
  return acceptancesFor(answersAmong(comments), head, /* @__PURE__ */ new Date());
}

// node_modules/mdurl/index.mjs
var mdurl_exports = {};
__export(mdurl_exports, {
  decode: () => decode_default,
  encode: () => encode_default,
  format: () => format,
  parse: () => parse_default
});

// node_modules/mdurl/lib/decode.mjs
var decodeCache = {};
function getDecodeCache(exclude) {
  let cache = decodeCache[exclude];
  if (cache) {
    return cache;
  }
  cache = decodeCache[exclude] = [];
  for (let i = 0; i < 128; i++) {
    const ch = String.fromCharCode(i);
    cache.push(ch);
  }
  for (let i = 0; i < exclude.length; i++) {
    const ch = exclude.charCodeAt(i);
    cache[ch] = "%" + ("0" + ch.toString(16).toUpperCase()).slice(-2);
  }
  return cache;
}
function decode(string, exclude) {
  if (typeof exclude !== "string") {
    exclude = decode.defaultChars;
  }
  const cache = getDecodeCache(exclude);
  return string.replace(/(%[a-f0-9]{2})+/gi, function(seq) {
    let result = "";
    for (let i = 0, l = seq.length; i < l; i += 3) {
      const b1 = parseInt(seq.slice(i + 1, i + 3), 16);
      if (b1 < 128) {
        result += cache[b1];
        continue;
      }
      if ((b1 & 224) === 192 && i + 3 < l) {
        const b2 = parseInt(seq.slice(i + 4, i + 6), 16);
        if ((b2 & 192) === 128) {
          const chr = b1 << 6 & 1984 | b2 & 63;
          if (chr < 128) {
            result += "\uFFFD\uFFFD";
          } else {
            result += String.fromCharCode(chr);
          }
          i += 3;
          continue;
        }
      }
      if ((b1 & 240) === 224 && i + 6 < l) {
        const b2 = parseInt(seq.slice(i + 4, i + 6), 16);
        const b3 = parseInt(seq.slice(i + 7, i + 9), 16);
        if ((b2 & 192) === 128 && (b3 & 192) === 128) {
          const chr = b1 << 12 & 61440 | b2 << 6 & 4032 | b3 & 63;
          if (chr < 2048 || chr >= 55296 && chr <= 57343) {
            result += "\uFFFD\uFFFD\uFFFD";
          } else {
            result += String.fromCharCode(chr);
          }
          i += 6;
          continue;
        }
      }
      if ((b1 & 248) === 240 && i + 9 < l) {
        const b2 = parseInt(seq.slice(i + 4, i + 6), 16);
        const b3 = parseInt(seq.slice(i + 7, i + 9), 16);
        const b4 = parseInt(seq.slice(i + 10, i + 12), 16);
        if ((b2 & 192) === 128 && (b3 & 192) === 128 && (b4 & 192) === 128) {
          let chr = b1 << 18 & 1835008 | b2 << 12 & 258048 | b3 << 6 & 4032 | b4 & 63;
          if (chr < 65536 || chr > 1114111) {
            result += "\uFFFD\uFFFD\uFFFD\uFFFD";
          } else {
            chr -= 65536;
            result += String.fromCharCode(55296 + (chr >> 10), 56320 + (chr & 1023));
          }
          i += 9;
          continue;
        }
      }
      result += "\uFFFD";
    }
    return result;
  });
}
decode.defaultChars = ";/?:@&=+$,#";
decode.componentChars = "";
var decode_default = decode;

// node_modules/mdurl/lib/encode.mjs
var encodeCache = {};
function getEncodeCache(exclude) {
  let cache = encodeCache[exclude];
  if (cache) {
    return cache;
  }
  cache = encodeCache[exclude] = [];
  for (let i = 0; i < 128; i++) {
    const ch = String.fromCharCode(i);
    if (/^[0-9a-z]$/i.test(ch)) {
      cache.push(ch);
    } else {
      cache.push("%" + ("0" + i.toString(16).toUpperCase()).slice(-2));
    }
  }
  for (let i = 0; i < exclude.length; i++) {
    cache[exclude.charCodeAt(i)] = exclude[i];
  }
  return cache;
}
function encode(string, exclude, keepEscaped) {
  if (typeof exclude !== "string") {
    keepEscaped = exclude;
    exclude = encode.defaultChars;
  }
  if (typeof keepEscaped === "undefined") {
    keepEscaped = true;
  }
  const cache = getEncodeCache(exclude);
  let result = "";
  for (let i = 0, l = string.length; i < l; i++) {
    const code3 = string.charCodeAt(i);
    if (keepEscaped && code3 === 37 && i + 2 < l) {
      if (/^[0-9a-f]{2}$/i.test(string.slice(i + 1, i + 3))) {
        result += string.slice(i, i + 3);
        i += 2;
        continue;
      }
    }
    if (code3 < 128) {
      result += cache[code3];
      continue;
    }
    if (code3 >= 55296 && code3 <= 57343) {
      if (code3 >= 55296 && code3 <= 56319 && i + 1 < l) {
        const nextCode = string.charCodeAt(i + 1);
        if (nextCode >= 56320 && nextCode <= 57343) {
          result += encodeURIComponent(string[i] + string[i + 1]);
          i++;
          continue;
        }
      }
      result += "%EF%BF%BD";
      continue;
    }
    result += encodeURIComponent(string[i]);
  }
  return result;
}
encode.defaultChars = ";/?:@&=+$,-_.!~*'()#";
encode.componentChars = "-_.!~*'()";
var encode_default = encode;

// node_modules/mdurl/lib/format.mjs
function format(url) {
  let result = "";
  result += url.protocol || "";
  result += url.slashes ? "//" : "";
  result += url.auth ? url.auth + "@" : "";
  if (url.hostname && url.hostname.indexOf(":") !== -1) {
    result += "[" + url.hostname + "]";
  } else {
    result += url.hostname || "";
  }
  result += url.port ? ":" + url.port : "";
  result += url.pathname || "";
  result += url.search || "";
  result += url.hash || "";
  return result;
}

// node_modules/mdurl/lib/parse.mjs
function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.pathname = null;
}
var protocolPattern = /^([a-z0-9.+-]+:)/i;
var portPattern = /:[0-9]*$/;
var simplePathPattern = /^(\/\/?(?!\/)[^\?\s]*)(\?[^\s]*)?$/;
var delims = ["<", ">", '"', "`", " ", "\r", "\n", "	"];
var unwise = ["{", "}", "|", "\\", "^", "`"].concat(delims);
var autoEscape = ["'"].concat(unwise);
var nonHostChars = ["%", "/", "?", ";", "#"].concat(autoEscape);
var hostEndingChars = ["/", "?", "#"];
var hostnameMaxLen = 255;
var hostnamePartPattern = /^[+a-z0-9A-Z_-]{0,63}$/;
var hostnamePartStart = /^([+a-z0-9A-Z_-]{0,63})(.*)$/;
var hostlessProtocol = {
  javascript: true,
  "javascript:": true
};
var slashedProtocol = {
  http: true,
  https: true,
  ftp: true,
  gopher: true,
  file: true,
  "http:": true,
  "https:": true,
  "ftp:": true,
  "gopher:": true,
  "file:": true
};
function urlParse(url, slashesDenoteHost) {
  if (url && url instanceof Url) return url;
  const u = new Url();
  u.parse(url, slashesDenoteHost);
  return u;
}
Url.prototype.parse = function(url, slashesDenoteHost) {
  let lowerProto, hec, slashes;
  let rest = url;
  rest = rest.trim();
  if (!slashesDenoteHost && url.split("#").length === 1) {
    const simplePath = simplePathPattern.exec(rest);
    if (simplePath) {
      this.pathname = simplePath[1];
      if (simplePath[2]) {
        this.search = simplePath[2];
      }
      return this;
    }
  }
  let proto = protocolPattern.exec(rest);
  if (proto) {
    proto = proto[0];
    lowerProto = proto.toLowerCase();
    this.protocol = proto;
    rest = rest.substr(proto.length);
  }
  if (slashesDenoteHost || proto || rest.match(/^\/\/[^@\/]+@[^@\/]+/)) {
    slashes = rest.substr(0, 2) === "//";
    if (slashes && !(proto && hostlessProtocol[proto])) {
      rest = rest.substr(2);
      this.slashes = true;
    }
  }
  if (!hostlessProtocol[proto] && (slashes || proto && !slashedProtocol[proto])) {
    let hostEnd = -1;
    for (let i = 0; i < hostEndingChars.length; i++) {
      hec = rest.indexOf(hostEndingChars[i]);
      if (hec !== -1 && (hostEnd === -1 || hec < hostEnd)) {
        hostEnd = hec;
      }
    }
    let auth, atSign;
    if (hostEnd === -1) {
      atSign = rest.lastIndexOf("@");
    } else {
      atSign = rest.lastIndexOf("@", hostEnd);
    }
    if (atSign !== -1) {
      auth = rest.slice(0, atSign);
      rest = rest.slice(atSign + 1);
      this.auth = auth;
    }
    hostEnd = -1;
    for (let i = 0; i < nonHostChars.length; i++) {
      hec = rest.indexOf(nonHostChars[i]);
      if (hec !== -1 && (hostEnd === -1 || hec < hostEnd)) {
        hostEnd = hec;
      }
    }
    if (hostEnd === -1) {
      hostEnd = rest.length;
    }
    if (rest[hostEnd - 1] === ":") {
      hostEnd--;
    }
    const host = rest.slice(0, hostEnd);
    rest = rest.slice(hostEnd);
    this.parseHost(host);
    this.hostname = this.hostname || "";
    const ipv6Hostname = this.hostname[0] === "[" && this.hostname[this.hostname.length - 1] === "]";
    if (!ipv6Hostname) {
      const hostparts = this.hostname.split(/\./);
      for (let i = 0, l = hostparts.length; i < l; i++) {
        const part = hostparts[i];
        if (!part) {
          continue;
        }
        if (!part.match(hostnamePartPattern)) {
          let newpart = "";
          for (let j = 0, k = part.length; j < k; j++) {
            if (part.charCodeAt(j) > 127) {
              newpart += "x";
            } else {
              newpart += part[j];
            }
          }
          if (!newpart.match(hostnamePartPattern)) {
            const validParts = hostparts.slice(0, i);
            const notHost = hostparts.slice(i + 1);
            const bit = part.match(hostnamePartStart);
            if (bit) {
              validParts.push(bit[1]);
              notHost.unshift(bit[2]);
            }
            if (notHost.length) {
              rest = notHost.join(".") + rest;
            }
            this.hostname = validParts.join(".");
            break;
          }
        }
      }
    }
    if (this.hostname.length > hostnameMaxLen) {
      this.hostname = "";
    }
    if (ipv6Hostname) {
      this.hostname = this.hostname.substr(1, this.hostname.length - 2);
    }
  }
  const hash2 = rest.indexOf("#");
  if (hash2 !== -1) {
    this.hash = rest.substr(hash2);
    rest = rest.slice(0, hash2);
  }
  const qm = rest.indexOf("?");
  if (qm !== -1) {
    this.search = rest.substr(qm);
    rest = rest.slice(0, qm);
  }
  if (rest) {
    this.pathname = rest;
  }
  if (slashedProtocol[lowerProto] && this.hostname && !this.pathname) {
    this.pathname = "";
  }
  return this;
};
Url.prototype.parseHost = function(host) {
  let port = portPattern.exec(host);
  if (port) {
    port = port[0];
    if (port !== ":") {
      this.port = port.substr(1);
    }
    host = host.substr(0, host.length - port.length);
  }
  if (host) {
    this.hostname = host;
  }
};
var parse_default = urlParse;

// node_modules/uc.micro/build/index.mjs
var build_exports = {};
__export(build_exports, {
  Any: () => Any,
  Cc: () => Cc,
  Cf: () => Cf,
  P: () => P,
  S: () => S,
  Z: () => Z
});
var Any = /[\0-\uD7FF\uE000-\uFFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/;
var Cc = /[\0-\x1F\x7F-\x9F]/;
var Cf = /[\xAD\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]|\uD804[\uDCBD\uDCCD]|\uD80D[\uDC30-\uDC3F]|\uD82F[\uDCA0-\uDCA3]|\uD834[\uDD73-\uDD7A]|\uDB40[\uDC01\uDC20-\uDC7F]/;
var P = /[!-#%-\*,-\/:;\?@\[-\]_\{\}\xA1\xA7\xAB\xB6\xB7\xBB\xBF\u037E\u0387\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F3\u05F4\u0609\u060A\u060C\u060D\u061B\u061D-\u061F\u066A-\u066D\u06D4\u0700-\u070D\u07F7-\u07F9\u0830-\u083E\u085E\u0964\u0965\u0970\u09FD\u0A76\u0AF0\u0C77\u0C84\u0DF4\u0E4F\u0E5A\u0E5B\u0F04-\u0F12\u0F14\u0F3A-\u0F3D\u0F85\u0FD0-\u0FD4\u0FD9\u0FDA\u104A-\u104F\u10FB\u1360-\u1368\u1400\u166E\u169B\u169C\u16EB-\u16ED\u1735\u1736\u17D4-\u17D6\u17D8-\u17DA\u1800-\u180A\u1944\u1945\u1A1E\u1A1F\u1AA0-\u1AA6\u1AA8-\u1AAD\u1B4E\u1B4F\u1B5A-\u1B60\u1B7D-\u1B7F\u1BFC-\u1BFF\u1C3B-\u1C3F\u1C7E\u1C7F\u1CC0-\u1CC7\u1CD3\u2010-\u2027\u2030-\u2043\u2045-\u2051\u2053-\u205E\u207D\u207E\u208D\u208E\u2308-\u230B\u2329\u232A\u2768-\u2775\u27C5\u27C6\u27E6-\u27EF\u2983-\u2998\u29D8-\u29DB\u29FC\u29FD\u2CF9-\u2CFC\u2CFE\u2CFF\u2D70\u2E00-\u2E2E\u2E30-\u2E4F\u2E52-\u2E5D\u3001-\u3003\u3008-\u3011\u3014-\u301F\u3030\u303D\u30A0\u30FB\uA4FE\uA4FF\uA60D-\uA60F\uA673\uA67E\uA6F2-\uA6F7\uA874-\uA877\uA8CE\uA8CF\uA8F8-\uA8FA\uA8FC\uA92E\uA92F\uA95F\uA9C1-\uA9CD\uA9DE\uA9DF\uAA5C-\uAA5F\uAADE\uAADF\uAAF0\uAAF1\uABEB\uFD3E\uFD3F\uFE10-\uFE19\uFE30-\uFE52\uFE54-\uFE61\uFE63\uFE68\uFE6A\uFE6B\uFF01-\uFF03\uFF05-\uFF0A\uFF0C-\uFF0F\uFF1A\uFF1B\uFF1F\uFF20\uFF3B-\uFF3D\uFF3F\uFF5B\uFF5D\uFF5F-\uFF65]|\uD800[\uDD00-\uDD02\uDF9F\uDFD0]|\uD801\uDD6F|\uD802[\uDC57\uDD1F\uDD3F\uDE50-\uDE58\uDE7F\uDEF0-\uDEF6\uDF39-\uDF3F\uDF99-\uDF9C]|\uD803[\uDD6E\uDEAD\uDED0\uDF55-\uDF59\uDF86-\uDF89]|\uD804[\uDC47-\uDC4D\uDCBB\uDCBC\uDCBE-\uDCC1\uDD40-\uDD43\uDD74\uDD75\uDDC5-\uDDC8\uDDCD\uDDDB\uDDDD-\uDDDF\uDE38-\uDE3D\uDEA9\uDFD4\uDFD5\uDFD7\uDFD8]|\uD805[\uDC4B-\uDC4F\uDC5A\uDC5B\uDC5D\uDCC6\uDDC1-\uDDD7\uDE41-\uDE43\uDE60-\uDE6C\uDEB9\uDF3C-\uDF3E]|\uD806[\uDC3B\uDD44-\uDD46\uDDE2\uDE3F-\uDE46\uDE9A-\uDE9C\uDE9E-\uDEA2\uDF00-\uDF09\uDFE1]|\uD807[\uDC41-\uDC45\uDC70\uDC71\uDEF7\uDEF8\uDF43-\uDF4F\uDFFF]|\uD809[\uDC70-\uDC74]|\uD80B[\uDFF1\uDFF2]|\uD81A[\uDE6E\uDE6F\uDEF5\uDF37-\uDF3B\uDF44]|\uD81B[\uDD6D-\uDD6F\uDE97-\uDE9A\uDFE2]|\uD82F\uDC9F|\uD836[\uDE87-\uDE8B]|\uD839\uDDFF|\uD83A[\uDD5E\uDD5F]/;
var S = /[\$\+<->\^`\|~\xA2-\xA6\xA8\xA9\xAC\xAE-\xB1\xB4\xB8\xD7\xF7\u02C2-\u02C5\u02D2-\u02DF\u02E5-\u02EB\u02ED\u02EF-\u02FF\u0375\u0384\u0385\u03F6\u0482\u058D-\u058F\u0606-\u0608\u060B\u060E\u060F\u06DE\u06E9\u06FD\u06FE\u07F6\u07FE\u07FF\u0888\u09F2\u09F3\u09FA\u09FB\u0AF1\u0B70\u0BF3-\u0BFA\u0C7F\u0D4F\u0D79\u0E3F\u0F01-\u0F03\u0F13\u0F15-\u0F17\u0F1A-\u0F1F\u0F34\u0F36\u0F38\u0FBE-\u0FC5\u0FC7-\u0FCC\u0FCE\u0FCF\u0FD5-\u0FD8\u109E\u109F\u1390-\u1399\u166D\u17DB\u1940\u19DE-\u19FF\u1B61-\u1B6A\u1B74-\u1B7C\u1FBD\u1FBF-\u1FC1\u1FCD-\u1FCF\u1FDD-\u1FDF\u1FED-\u1FEF\u1FFD\u1FFE\u2044\u2052\u207A-\u207C\u208A-\u208C\u20A0-\u20C1\u2100\u2101\u2103-\u2106\u2108\u2109\u2114\u2116-\u2118\u211E-\u2123\u2125\u2127\u2129\u212E\u213A\u213B\u2140-\u2144\u214A-\u214D\u214F\u218A\u218B\u2190-\u2307\u230C-\u2328\u232B-\u2429\u2440-\u244A\u249C-\u24E9\u2500-\u2767\u2794-\u27C4\u27C7-\u27E5\u27F0-\u2982\u2999-\u29D7\u29DC-\u29FB\u29FE-\u2B73\u2B76-\u2BFF\u2CE5-\u2CEA\u2E50\u2E51\u2E80-\u2E99\u2E9B-\u2EF3\u2F00-\u2FD5\u2FF0-\u2FFF\u3004\u3012\u3013\u3020\u3036\u3037\u303E\u303F\u309B\u309C\u3190\u3191\u3196-\u319F\u31C0-\u31E5\u31EF\u3200-\u321E\u322A-\u3247\u3250\u3260-\u327F\u328A-\u32B0\u32C0-\u33FF\u4DC0-\u4DFF\uA490-\uA4C6\uA700-\uA716\uA720\uA721\uA789\uA78A\uA828-\uA82B\uA836-\uA839\uAA77-\uAA79\uAB5B\uAB6A\uAB6B\uFB29\uFBB2-\uFBD2\uFD40-\uFD4F\uFD90\uFD91\uFDC8-\uFDCF\uFDFC-\uFDFF\uFE62\uFE64-\uFE66\uFE69\uFF04\uFF0B\uFF1C-\uFF1E\uFF3E\uFF40\uFF5C\uFF5E\uFFE0-\uFFE6\uFFE8-\uFFEE\uFFFC\uFFFD]|\uD800[\uDD37-\uDD3F\uDD79-\uDD89\uDD8C-\uDD8E\uDD90-\uDD9C\uDDA0\uDDD0-\uDDFC]|\uD802[\uDC77\uDC78\uDEC8]|\uD803[\uDD8E\uDD8F\uDED1-\uDED8]|\uD805\uDF3F|\uD807[\uDFD5-\uDFF1]|\uD81A[\uDF3C-\uDF3F\uDF45]|\uD82F\uDC9C|\uD833[\uDC00-\uDCEF\uDCFA-\uDCFC\uDD00-\uDEB3\uDEBA-\uDED0\uDEE0-\uDEF0\uDF50-\uDFC3]|\uD834[\uDC00-\uDCF5\uDD00-\uDD26\uDD29-\uDD64\uDD6A-\uDD6C\uDD83\uDD84\uDD8C-\uDDA9\uDDAE-\uDDEA\uDE00-\uDE41\uDE45\uDF00-\uDF56]|\uD835[\uDEC1\uDEDB\uDEFB\uDF15\uDF35\uDF4F\uDF6F\uDF89\uDFA9\uDFC3]|\uD836[\uDC00-\uDDFF\uDE37-\uDE3A\uDE6D-\uDE74\uDE76-\uDE83\uDE85\uDE86]|\uD838[\uDD4F\uDEFF]|\uD83B[\uDCAC\uDCB0\uDD2E\uDEF0\uDEF1]|\uD83C[\uDC00-\uDC2B\uDC30-\uDC93\uDCA0-\uDCAE\uDCB1-\uDCBF\uDCC1-\uDCCF\uDCD1-\uDCF5\uDD0D-\uDDAD\uDDE6-\uDE02\uDE10-\uDE3B\uDE40-\uDE48\uDE50\uDE51\uDE60-\uDE65\uDF00-\uDFFF]|\uD83D[\uDC00-\uDED8\uDEDC-\uDEEC\uDEF0-\uDEFC\uDF00-\uDFD9\uDFE0-\uDFEB\uDFF0]|\uD83E[\uDC00-\uDC0B\uDC10-\uDC47\uDC50-\uDC59\uDC60-\uDC87\uDC90-\uDCAD\uDCB0-\uDCBB\uDCC0\uDCC1\uDCD0-\uDCD8\uDD00-\uDE57\uDE60-\uDE6D\uDE70-\uDE7C\uDE80-\uDE8A\uDE8E-\uDEC6\uDEC8\uDECD-\uDEDC\uDEDF-\uDEEA\uDEEF-\uDEF8\uDF00-\uDF92\uDF94-\uDFEF\uDFFA]/;
var Z = /[ \xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;

// node_modules/entities/dist/decode-codepoint.js
var c1 = [
  8364,
  0,
  8218,
  402,
  8222,
  8230,
  8224,
  8225,
  710,
  8240,
  352,
  8249,
  338,
  0,
  381,
  0,
  0,
  8216,
  8217,
  8220,
  8221,
  8226,
  8211,
  8212,
  732,
  8482,
  353,
  8250,
  339,
  0,
  382,
  376
];
function isInvalidCodePoint(codePoint) {
  return codePoint === 0 || codePoint >= 55296 && codePoint <= 57343 || codePoint > 1114111;
}
function replaceCodePoint(codePoint) {
  if (isInvalidCodePoint(codePoint)) {
    return 65533;
  }
  if (codePoint >= 128 && codePoint <= 159) {
    return c1[codePoint - 128] || codePoint;
  }
  return codePoint;
}
function codePointToString(codePoint) {
  return codePoint - 1 >>> 0 < 127 || codePoint - 160 >>> 0 < 55136 ? String.fromCharCode(codePoint) : String.fromCodePoint(replaceCodePoint(codePoint));
}

// node_modules/entities/dist/internal/decode-shared.js
var BASE91_INVERSE = /* @__PURE__ */ (() => {
  const table2 = new Uint8Array(127);
  let code3 = 0;
  for (let char = 33; char <= 126; char++) {
    if (char !== 34 && char !== 36 && char !== 92) {
      table2[char] = code3++;
    }
  }
  return table2;
})();
function decodeTrieDict(input, resultLength, atomCount, dict1AtomCount, ngramCount, dictSize) {
  const base = 91;
  const inputLength = input.length;
  const twoCharBias = dictSize * (base - 1);
  let pos = 0;
  const readSlotCode = () => {
    const c12 = BASE91_INVERSE[input.charCodeAt(pos++)];
    return c12 < dictSize ? c12 : c12 * base - twoCharBias + BASE91_INVERSE[input.charCodeAt(pos++)];
  };
  const dict2AtomCount = atomCount - dict1AtomCount;
  const slotCount = atomCount + ngramCount;
  const single = new Int32Array(slotCount);
  single.fill(-1, dict1AtomCount, dictSize);
  single.fill(-1, dictSize + dict2AtomCount, slotCount);
  const start = new Int32Array(slotCount);
  const length = new Int32Array(slotCount);
  function decodeDelta(count, off) {
    let previous = 0;
    let slot = off;
    const end = off + count;
    while (slot < end) {
      const code3 = BASE91_INVERSE[input.charCodeAt(pos++)];
      if (code3 < 89) {
        previous += code3;
        single[slot++] = previous;
      } else if (code3 === 89) {
        let runLength = BASE91_INVERSE[input.charCodeAt(pos++)] + 2;
        while (runLength--)
          single[slot++] = ++previous;
      } else {
        const next = BASE91_INVERSE[input.charCodeAt(pos++)];
        previous += 89 + // eslint-disable-next-line unicorn/prefer-minimal-ternary -- branches read a different number of side-effecting input bytes
        (next < 90 ? next * base + BASE91_INVERSE[input.charCodeAt(pos++)] : BASE91_INVERSE[input.charCodeAt(pos++)] * 8281 + BASE91_INVERSE[input.charCodeAt(pos++)] * base + BASE91_INVERSE[input.charCodeAt(pos++)]);
        single[slot++] = previous;
      }
    }
  }
  decodeDelta(dict1AtomCount, 0);
  decodeDelta(dict2AtomCount, dictSize);
  const references = new Int32Array(ngramCount * 2);
  let poolSize = 0;
  let ngramIndex = 0;
  function readNgramReferences(count, startSlot) {
    for (let index = 0; index < count; index++) {
      const slot = startSlot + index;
      const a = readSlotCode();
      const b = readSlotCode();
      references[ngramIndex * 2] = a;
      references[ngramIndex * 2 + 1] = b;
      ngramIndex += 1;
      start[slot] = poolSize;
      const entryLength = (single[a] < 0 ? length[a] : 1) + (single[b] < 0 ? length[b] : 1);
      length[slot] = entryLength;
      poolSize += entryLength;
    }
  }
  readNgramReferences(ngramCount - dictSize + dict1AtomCount, dictSize + dict2AtomCount);
  readNgramReferences(dictSize - dict1AtomCount, dict1AtomCount);
  const pool2 = new Uint16Array(poolSize);
  let write2 = 0;
  for (let index = 0; index < ngramIndex; index++) {
    for (let half = 0; half < 2; half++) {
      const source = references[index * 2 + half];
      const value = single[source];
      if (value < 0) {
        let read = start[source];
        const readEnd = read + length[source];
        while (read < readEnd)
          pool2[write2++] = pool2[read++];
      } else {
        pool2[write2++] = value;
      }
    }
  }
  const out = new Uint16Array(resultLength);
  let outIndex = 0;
  while (pos < inputLength) {
    let slot = BASE91_INVERSE[input.charCodeAt(pos++)];
    if (slot >= dictSize) {
      slot = slot * base - twoCharBias + BASE91_INVERSE[input.charCodeAt(pos++)];
    }
    const value = single[slot];
    if (value < 0) {
      let read = start[slot];
      const readEnd = read + length[slot];
      while (read < readEnd)
        out[outIndex++] = pool2[read++];
    } else {
      out[outIndex++] = value;
    }
  }
  return out;
}

// node_modules/entities/dist/generated/decode-data-html.js
var htmlDecodeTree = /* @__PURE__ */ decodeTrieDict("!}.&u%}'&}*'~!6*)%&,~!J~!J~%L~y<~!R,~~%Lu~~#GD~~#|)1#%}^%}2%+#.##%##%}&%##%'#%##&%#%#'%#&#%#&#'#%%#&#%##%#)%''%&%#%#'%#%%#%%}%%%#%#&(23#%%#&-%0%('1#(##%#'##+%'*.:1}#%#6-+(%'%%#%%%}#L'2351&('%}&/N'(0(/*-%(%%}#'+&T%7.2}#&%&#%#36/5##%&%%#&#%%#))2%%##%&&'0~!#*+&'%1~!%).'3q?&%'1~!.##%6(~!+%%%(Gw'rT~!E#<nA%#jZ~!H%(~!42##~!*31&~!G%U~#)5~#`3~!J~!Z~%]~%Y~%C~!q~!u~#kz~%#~!6'~!D~!U~!?~#T~!c%~!G#'~%7|~!G~!J~!G&~#pb~(Df}#%}*&}#%##%##%##&#-}&'#'&%#.++}%mI,#,@&(}*%}*'%&##&#%##%}&0}#.},U},%}+%}&%}#%##&}B%(}(%}+%)})%##%#&}&%##%&}<%}>%#%&}*%}(%}9%}/%})%}*%}*%}?&}&%}3%}&*#%})%#%#)}#&#-#+*%E%%'%'#%}#*V##&##I}#&&##%&%#&&Qf%%))w/0+&%#(#.%-''''++++7}>%4'',##1,#%#&%##&#'##&#*#9)%&%}#*}%,#+P(%A&%#'&##wSD',9E00#y#@}(+}&%&>~!#~!X}#*}(&&}(&}(,%}%&#+&}#&}I%#%}%)#(},'%#*}4%%#%}(''}#/##(##),%-##%%)#&}(.}&%#&}%%}*&#%},&&}&%}#%*'#%})%}D&}&%}-&}6&#&}-,%}#%})-(~+`~,=?~I9'9%~!,#%})%})%}@%}?%}(~!?~#<~#pP~#BG~#=1#%K+~#?#~%;)~#A~#mF1~#A'~'X%'~#lR~#N~'N~#r~#m#-~#i'?%#'%~#B%##%,%#~#_%#0%~#]732~,w~2+#:&#%&'0%&>%}#>##F+)#%&&#(+_}4&}-%}(&}@&}O7Fdf0@+/v4}&WU##&/0#&'('B#%}.%}'+#%}#%%&#&%#%##+#&#)#6#'#.},%}c%},%#%##%&#&%#&~#>'*-.%##%##%}#%%}%'~#)D1}#%*&~#_%%'(~#S2%'.}#~#=##*'*-%}&'%'##&&~'E%.#&~#M4}%%##&'%#~#O1##%&#'+~#<B%##%%'%+~#;#@%}#&%#&&%#(~#H1}'%'##&&~#?A}&'~#D#%32}'&&&&~#[}'(#%}'~#;C})&}%%#%~#=&%,3}%'(#%%~#^'#&&)#%'~#Y%-~#d-%'~#^%%&#&&&}#~#b~2t*&'~&(~&@~0%~e~3}%*''0})&}+~!9##-}#%-hD*)1fC#%/&/fB#40~!+#)*4~!+~!K'&:~!/*7~!.#~!H~!L':~%x&~!H#~!*~%1~!I#~!+A~#p'~!F~~#-#~,,(~.Z~!V~%;'B'mq-W~!N~%I%#&&#&}#%},%%}'%}+X#%}#&}(%}'%}<%}#%}%%'}'%}:~![)9@~%>~#UA%-%##&~!C%~!-.9:~!1~!-^2/:a~!y,D*J#-5)/4~%23,~#G~!L1~!0X3`~!2+~!!0-~&E~!W~!o,>Y&]~%cZx_&~#O*9#A#'#+I'%#)~!0B*-5A+-((F&*M#)(-7-5+'-3a5Vi~!Y~!?+[)%3),ERHm~!+:D,VG.+)?fB%%*(%)'(#&80%1'8`K8?`+'Z#&O&'H5#*9)A%%5&3))0%39+.*7#()&&*=4@**L)<'_&*+..;(#*+)./&0#3)%')-8(4ixD(&.}%,('aI:,)%,k2231T)I'#/-W7,/'Q#.'Y24+h')37</31&83##&0#),H(?'&?/1##%#&&#%''-%&&&#(&''&#.-'%#%%(,')*'&#&#'##%(%(#%('#&##%%%%('%#%#%%#%#&%##h>w+v<ayvyvcg.uuhKr}g/v|g>u9i[~>g5uI~=RvdwEg;v/g;uk!!TTSx]@RT!U!#!@VBRUU!'UTe-d0c`e&gSdicedFcrdTaqb.kYcAohdYd@a3e+d}dMdtd.aJ#bqcK`dle/e.e'dwdPdodddjbEb}ogd^ofdpduc6j?l%d{drdqc)d7bacOdQ%T#Y)X.sR[yH>6Vyv3[xwLu>vo'!*.[yBacahoj>6Rew3[xqdZa#!a&#^(X-[yG>6Vyu3[xvg3sEr|g.u/Ri9db0T#^(Xa)!-[y;>6Vylg4wKs{JwNZt3@3r=c4Z([xlg;wKt!cpq's@v7A'*a(a+!-a#[y<3Dt?3Dt'>6Vym3[xmg9rxsNJwLZt4~?r?db1T#`-!(Xa,!0[yS>6Vz%NuQs.g4wKtnJwNZtS@3r>c4Z([y%g;wKtrdga8!a(!#&T*Y-Xa#!a0<or[yc3Dtq>6Vz43[y3JwNZtf@3s!Ju}!%Dti:pm3c_%X#tjB5pkd6q!r]u?voC'*-a.a2!0a&a+[yI3DtI3Ds~3DtH>6Vyw3[xx;:s#~<5pKJwNZtE@3r~d`a)!a2T#a.(!+U.X1[yT3Dt`3Dtv>6Vz&3[y&g9rxwzcxstPu.<rAJwLZtT~?r@dZa%!a.&^*Za(/Reu[ya>6Vz23[y1g3sEr}wkg{NuQRg{ci(U#5@b`~,cg#U(2WnH5wugcRh7dX#T(Y,a'Ta!!a,[yZ<]mj>6Vz,3[y+Pv#5ReZKu+=,%!H}7ABwkaS?Rh:BcW(X#<]mrj:ubv/ARekdg%!(!a.*Ta(Y.X1!#sP>Rl*Dt6[y>>6Vyo3Wf*jOvuumvuRgRJuq*!:9<B@bX~3jVv&v@s@5Re[d/rQt{uAvo&a&a*)a2!,0Wf!3Dt0=Bs'>6Re}3[xy~<5s%JwJZt1~Gs)c;&!#2sJkNuXvzq7rxu,Re8dka4!a8(aEZ+a@Y.X1Xa)[yd=Bs(3DtP>6Vz53[y4cX#X&Re:avRe9~<5s&JwJZtQ~Gs*i^rzvdRg+Jv{%!2sbB@bX}kdga,!Za?&^*T1/!a'Dt+[y6>6Vyf3Wf%g/u;s4hGu6?Rh-JvZ,!c%#&RoX54Rivj7uyvf8RgTKvZB%*!2sGh<vu5Rgq<=C::9bb~#dZ#T&Ta6Y.X*Dt>[y93Wf)coZ(T,6VyifluvRgC@95@B@bX~/hFu34cC#T,k/unq8w8Q5RkUklwQuzunq8w8Q5Rk8d/rJu?v8w9)-&!a0a;a&aIWejg3sEr/h1s<DtDJvyZqY5aws3Jvy!&Wei~Hr1:au5@Bag>23E~5c:Z&bX};kKv?w&unuVu5Rjc;>bs)#~@:Rh.=ay<a]C;b`}Vd6s/t{uAvoaxa()!a,a7%-a#a2Dt,[yF2Wo[>6Vyt3[xuNuPRi&NuPwpi#RoWh?vf8Ri%Jv]!%Ri:KvxD!.'2WeAjZu`q9rxu,Re7woeAg-unLq(qA_/*2Wg_g3u5q^9:4E}/jTrxrzv=Wkkd~0UX#^^Xa-a1a5T&a=U1a'*aEa]!a*aPaA-adok[y54Rn>;:p3~Dp5g9rpsFNvZqjg3uJp4~<5p0Pw;5qlJwNZt*@3p1Pw:5p/Ou!5p2JvG'!6Vye=<qnJvh_[xhg3v,Rh3kOwOw-sDuev/Re^dha[a%!%!a+#Ta7)-5TaCaO!aka!a)sf[yb2>Rl!9ARiq5E}Qg=ucRkBE|oJrJ_@Wk~@Wk{JrJ_@Wk|@WkyJrJ_@Wk}@WkzJvO_[y2g-vMRmiKuYC!)&>Ri;>Ri<@3RkNc](X#@9Rk=g5vuRmhKvDB!+'=]meg3u4Rmgd)#Y'Vz3CARmfd`a+!%T'!+#Ta1Ta6TaM-sTDt9[yA9sYd'%Y#s[[xpj:ueunaXRgEjRq,v-vuqdd2'`#6Rev<32@5>:2<E}5xIo9a*X#Y(;5RePJvD_g>vyRgNj8w)v8<wggs:RgXiZt|vjx,hSq3ah!-(~@:Ro/Ou!5RhWj^v(pyw8unRhUdx-UY#^Ua.a3a70!)%UX1TaDa)'omRiRRhE[y:3Dsz=Br,>6Vyj3[xkg6ruwjcqsrPw;5r*Ku]D'Zt-@3r(~?r.i[vwv]dU1a--U#`a4(g/vsRhPOu!5RhLj:rmu9Wo!~@:wdh@g/vsRiTjXuvvNr}:RhBj^v(pyw8unRn]dz1UYa'a+^Y(!aETZalaRY.Ta?a4[yDJw1!#qLsW>6Vyrfzq-pLflpwRe|Js>%!Dt@3Dt&Jvy_[xs~HrnjMuwpsw'RecKu+D#'!t<~Grl~?rjg5u-x,gwp{ah!-(~@:Rg~Ou!5Rh'jXuvvNr}:Rh#cW#X/c;&!#2sLi[v7u7RgpJv)(!iLrxu,Re6j7v@s@5Se[e7d`aW!Za(a`T.a#!a3!&aDa-!9)Dt_=6s+3[x~~DR|h~DS6avhGun5RkZj3w)v-]mkKunB!&*]kb97R|i<ARk<c:Z(6Vy}Juh'!wziMRoS:F|vkLuauJv5vtvQRh1d='T+Y#VyO~DR|jcF#T'7R|g97R|kJv3'!ay<Rj,Jvh&!:ReXcsa6*a+#a#_aIRf9aLRf?c,Z&Rf5Rf7c.Z&Rf;Rf>cQ#%T'p-Rf8Rf=ct#%'(*!,p,Rf4p+Rf6Rf:Rf<d~'Ua%U*^UYa(!a,-!#a4YaTalaEX0a8a<Weo3Dt/3Dsx=Br93Wen~Dr;~<5p<JwNZt2@3p=Pw:5p;Ou!5r3c7&!#:p>3Ds}KvGB)_6Vyk2sM=<r7x'eovA(!hFu1ARf}cV#X&@r5j6rvwQa^Rf3c=Za'wkghJv__g;unRggA53B9=b^}%j6uduo5Jq;!(hIv%2Re`Ou4ARe_e%a#^^^Xa&!a*a2!&a6YaP!*ad!#a:aE/5Rn?[y@>6Vyp;:pE~DrY~<5pBJwNZt8@3pCh=rt3rWPw:5pAJup_[xoNuPpF9c!#'45pD5ARn)d8#X'X*3@rU72s]h>v<<sSjJpqvewOJq/(!hNw'5ReBk0s2u3w/w'5ReE5@Jq.!a+JQ!&WeU23d(#Y&RjG5]jBk!u7w&u0udARjEe#+^^^Ub#!a2/a`Z(agT1!a-a;|@TaG!aS[yV=Re~fow'RguNuPRe?bz#'>RoUWeL>:Cbb|?JwPZtVg6ruRmzJvD'!6Vz(g/vmRh~Jvy_[y(g9voRgyx*cy(#2>Ri2B9b]~9kIw9u7rluJu3Rg]dI#a%UY'@=p%CAx.gQZ&RhwwygtRm{x5g_Z'+ABqR9Woa=Bp&dV#^*Xa'!&@o{g4v]Rk;Jv{!%Rk[wkkiA5RkiwwfUB=x,fUuqC&*!>RfTg8v0RfV~ARfSd;rJsAuAv9wR'ae+/aO!a@aza/a#[yQ@Wg!2Wemg3sEr0JvB_g>uvReWg2v+Re=KupB_+[y!2AbY~-~Hr2AJwD!(h<~El>h<~El?Kun@+_:9b`}Kg-v/Ri3g;vtwyk_9]k_d=&T#*U.6qh@Ab`|K9:H|CJv[!&3Dtex'fDwC%!Rf[9WlMd[(^X,!a%Z06Vz!@WgBg=v~Rgvg,QRe@awd,#Y+jTv|Q~EfWj]uNr|~FRfXdy#Y&^Ua%!aO.!(a)Ua;=!a@aKap!a-,a!Ta]a[rSa]p?[y82sK=Bq~;:p:~<5p8Pw:5p7d'#Y'Wf(;RnRi[u4w&RgJJvG'!6Vyh=<r#ijuuv/sIKuYD'ZtG@3p9~Gr&d2#`(g<vtRgFj`u5w&rqpxRf2CJuY!+:wfnTOu!5Rg}jNs1ucv&RfwJvA!&3@q|BDcC#T,k/unq8w8Q5RkTklwQuzunq8w8Q5Rk9dga#!a'!a=#a0!:+Tb*b@aO.a4!aba8aFJv^}?!VyR~Dr<g;u%Rn.~<5p[x'e`wNZtR@3p]Pw:5pZhNvjBp.woe_g5u-r4JwF!%DtO3:ooc7&!#:p^3DtpLuGw(!+%)Dtk6Vz#2sd=<r8d'#Y([y#<x3gJt`w@!)%}MRiowzikRij=]ilxAf3,U(#B2Rf#g0v-Rm[ck{`U#]giKv3>)!&6Ri154s,KuGB_%@r68r:dJ|t`#X(9<E|u2@H|rx3gJu?w'!+'1Nu7Reg4=H~+9<wxgY95Rm]xLggZ-`(X}U2:Ri4h<uOawRmsJv__5@bb{jbV~3dka#a'a]!,#a+U=a>b6a3b%!/aKa/)!arwve^VyJ;:pR~DpTg3uJpS~<5pOPw;5qmPw:5pNOu!5pQJvG'!6Vyx=<qoJvA!{~Jup!%@qk7Rn/KvyD!}''[xz;>wkh'?Rh,x8gyt`w5D!&),(SgyccRgztJ@3pPB5p#d'(Y#<]mmifubw&RgoJvE&!82s^JvF&!8Rf,ADb]~;x=h'rNu]vK!,%'*0RnORh)4Rh*AqQg-vaRnNg;wHwkh'ba~4cE#Ta*x3gctyw@'!+%RnFRnD<4Rn@hFvK5RnCxWg[#`&a0Ua()`1Rm75Rg[c]%X#qi8Rg^NvdRj>BwzgZauwji7Rm6A4wgg]d1#&(*,.0a#Rm;Rm<Rm=Rm>Rm?Rm@RmARmBe%#^^^Xaea?aC/b+(,!a+a#!a/!>a&Ta<aKbD!2wphBRnk[yPw}hE|.=Br-3Dtm>6Vy~g6urRf.x,hPrNav!%'RnqRo%Ro#Nu;q[Pw;5r+JwNZtM@3r)d'#Y'Weh;xChL#`&RnmRnoKu}>%(!Rne~Bs-;2wjcussJv+'!aYSO}6@B<5?ba~8LrNvj!.%*ROwungw~ng~:9;Ri^>wtnig;wHRnixDh@|(UZ.x1h@|)!#:2<H|*xHn]#-UX'3Ro)z=iT}6ARns=Bwsn_wpnaRncw]aR(#UXa&Ua*a/=]iPd'#Y&Ro'WnXf{QRm2hNvj]nZd`'T~&1`{|`#9b]{}c:'!#Wl{>@=be}]?cl{{U#:5Abb}Jds#^YaF!a*b4a#a3aPa>&Tb!bH!*a_!Eau?/a&RjY<]gj>6Vz*;:pe~DrZg,QRj1JwNZtX@wihspcJvZ&!VyX9WmOJu|!|N2WmHJvh&!]ht~Bpbcn&T(!#RmQ<s7Nu;padH#X'`+WmJ@>RmKCARhnKup=!)&Wf+:RhqNuPpf9c!#'45pd5AwghpARn(Ls@w!%,)!RmP@Wfe<E|IJva!&WmNg8vsRmLd`*.`#Y'Xa!axRn*]hrA8Rhug5s@rXg8u!RmMd8#X'X*3@rV72smdI*#UY&RmICARho~GsgxVgd)Ta'U-Y&Xa!T#RnEWnA@Wffg1uDRi0hFvK5RnBxGnG&#`%owp)@wsf+bX}Ze-*1!a*^^^Ua|!#a.aq&Ya2!a>.a6!a:aO`aJDtL[y`@Wg#>6Vz12@wzoYRoZNuPRi!NuPRhzg=ucRi,@=b`{Yg=ucRi-ACJvB!&Sh[ebSh]ebi`wUuFRm4Jw2_[y0JvB!.<Ju(!&SoG}6Shd}6<Ju(!&SoH}6She}6Kur@._g5vHRieJvx!{L2G{Kx6gd'T#?Rh82Wi5cZ#X(g1w)Rm5dW-Y(Ta#!a)!#aYa=wnfE=su2>>bU{0j9udv:<svj8uQv-7RgHdE%#^'sq9sp=>Bb_{TJv`!&g/r|snj6v(us5d,#Y(56H}[978H}]Jw5!&g1rushJvB!+j;v{u5?zDhd}6}bj;v{u5?zDhe}6}ce*#`(^^^a[aea!=!a6a*aoXb1a.!aAbL!b>,b'aL!aV@Wf|2Wlg3[y/JwNZt^@3piPw:5pgJunZou3@rsJva&!Vy_g<v~Rm#JvG'!6Vz0=<r{Ju{%!:pj@WfsiXuJu3Rm:JvZ&!WfA~Bph@c4Z&Dtwax5rubx(#:awRk1@d,#Y&RfjRfid1#,Y(@Wfp2Wlrg5s@ryKu[@!,'=]ig9wlk?Rk>g5u-rqJvy'!@9RkQcH(T#=>Ri~@<wkj(Wj(KuZB*!&<7rw@9RkRcH(T#=>Ri}@<wkj)Wj)dg(Ta2Xa9X#`-!a*CARhg@@=I}d9x;c~#X%so=<sj>2@@=aybb}XjWv0Q~EfEj3vLv;<d,#Y(56H}`978H}_dgaPaFa'a/!#a3Y0a_a;a|!1(a7-[yE3[xt;:pJNvZrrg3uJrvJwNZt=@3pIh=rt3rxPw:5pGOu!5rpJvG'!6Vys=<rz@c4Z&Dt(ax5rtJvZ!&~BpH@wsfNg-vaRlNci*U#=<wei<F}a5@Jq.!a*JQ!%@qZ23d(#Y&RjH5]jCk!u7w&u0udARjFd/prq=tyvpaEa(a:.!a1aZ(@@=I}:9wpd%=<sX55w_h}@@=I{t=ay<aU@@=I}T=ay<2@@=I})?C9:9au@9Cb]}DP~=x-fAZ(2Wl1=ay<aU@@=I}>5@d##Y+jTv|vV~EfFj]uNpn~FRfGdgaK!Z2&!a8a-Tb({E!acTbM*!a(DtY[yYd'%Y#sl[y*hHvh>Re5x2c{Z}.j4uCvcawRiMd+#X+_x&d!},<5RkX;2Hzw@x,gavfB-!{CcF&T#Roe;RodwWbBg5urRgaKvHC*_6Vz+<4opieuew&Rmq@d]&Y)X,T#X0Rh}<BqP=4qS9:ReMg/ujReNJw0!/<Jui%!bd{kawwnemRelAxUa?a3#*.&UX(Ya+a/RhvRnQ<o}9Wmtd-#Y&RgSRmw9;Rmxay=Rmyg-vaRmuxEhSrNu,v-voC!%(aR.a(a7+1Ro1>Ro5CE{A9b]{@;5x#eO{:g;urRi+KrNA!%(Ro3>Ro79;Ri_Ku@>{;&!x%gX|{KunA_+g5QRj/g3u5Rj#g>uERj%wio/xRhS&!,!#^1U}wba{8>>@=be}qC@:D5ba{7Ku+A&!}x?ba}t>>@=be}se(aA^^^Uat!b0#{pa+awUazbGa#aLb9bgaWac'a5TbS=Br!d1#`%scp_Jvl!#rT>Re0JvX&!VyN=H{Fcm#U&:pY=ReaJv2&!]h0=]nUJvG'!6Vy|=<r%JrM_=]h2@Wlud'#)U'Wf'b]{i=]h/Jvh!&~BpWg=v]RnMx+ny#'Nu;pVwjnu=]nwxJnx,T#`&Reqwjnt=]nvieu9vrRjLLuYwP(#+!th@wih5pX~Gr'g5v/Rh4KunA'!-CARnP@wwiN:Rm_9x'cvw>!|l=<saKvAA!0&3@q}>w^e1bp#&Re2Re3BDx7gH#T|f5H|eKuZ>!%(:qNAH{]Jv6!+3B2B9=b^{X<5<B92:E{ZLvhwA(a;a%!igQuyRmad+#Y}m@3Rh5d8#X'X*:AqUAHzmaxwbh<aXRnVcF}RT#Nw&cj#U(BWnug/vsRntdka)(a3+.Zb7aYYan1!bVa@Xa}[y^@b[{G=H{+hFu73Rj&Pv#5ReQcK%T#sig1v{Rj'Ku+D#'!t]~Grm~?rkKuMB!01d5#`'Vy.ta3Dtu~Hroc8#'{^45s85AwZbP&!#Rn!wghxWn#KvEA!)&2RlA2RlBx:h|#(T,=]j09Wobz>x]z/@awRoTd+#Y(az]hFhCrm4d,#Y+jTv|Q~EfMj]uNr|~FRfOdCa!Xa9_X#@<plJvf!%b`{(9;Rgwc;.!#2x7cw#T|UDb]|T5Ju={(!=@E{&Jv)&!Ab`{'awJvf!~*>>@=be{#KuY>!+&4Ezyi[ugv&RjIdea+T)#UXa&T-T&a!Rh9auRmW=]kLg5vuRn+g3u4Rn-Ow6ARn,hHus5xNk?#UX(U~)/g8v0RkD~AwkkF?Ri.OuNBwkkA?Ri/d|a2`a*^UYa.!aBTZaTa'Xa;!(!2!-a#b2[yC>6Vyq3[xr2Wi?g1rusVh%s?DtF~<5rbJs;%!DtBfswKtCj[uvuSsEu3RgVx3o:u+wN'*Zt;@3rd~Grh~?rfg8w)Lq)qE&-a%!>bI|`jWv0vV~EfCjTv|vV~Ef@j]uNpn~FRfBcK#T']gWNu7x,k7q4ai(0!hHv8<RhmkMu9vrsBuev/RhlCJvB!,g<v{wchh~@:Rhji[vrv{wchi~@:RhkdS&a5UY#Ta!RgPwwiI5BwciI~@:Rh`x'iJvj'!5]iJPu8Bwch]~@:Rhach)U#h3rp]gLh@t|Ax,hTq3ah!-(~@:Ro0Ou!5RhXj^v(pyw8unRhVd|)`,^UYas!a?/a2Z'a^Ta{Tb7Ta(a#!a,Wf&9sZ3DtAadamov=Bqt3[xig8vsRm~>waiL2b`{QJv*_Ouv2qgj<v]v2BqfdR'X*X#Y-@3qr~Gqv~?p6hHv-]glPup5Lq+q?_%*b_{qF{n9b^{rOu4ARhpKvCD!+&~Bqp:5Dbb}nwoiKl&unuTuBv]v+ueunaXRf0=Jvh!0nKufu8v1w&w7q%w&uHrz:Rgnj5w,uxDJq/(!hNw'5ReCk0s2u3w/w'5ReFd>Za&!*UaA=<wkgsRnSJv^!%Refifw3vyRgOKu_B'!,<]gkiiu:w&Rh<=C@a^<B57@2F{[<B5@aW:=3away9A5aW=<B=C@a^<B57@2F{Ie-#`(^^^bCara.b8aza6!/bZ,!adTbnTbOb+aFaS!aAT9@Wf~2Wli3Dtl2@d,#Y&RfnRfmJwJZtN~GqyJva&!VyMg<v~Rm%iXuJu3Rm9Jv[_=]ih9wlkDRkCd1#`(@Wg>2Wls3cH#T(@<Rj*=>Ri|b~'#23s9h<~El.d'#Y&Dtxi^rzvdRl#d*#U%(o|B2s`hJwSaxRmDKv4B&!1:Rmdd5#`'Vx}to~Hq{x'f1v3(!BA5ba|bJv_&!Wfug1v]ReIdO+U/Y#&G}-8wze=Rh{g1v]ReHg/uQRf/by#)ibQwERl/cH#T(@<Rj+=>Ri{cNu+vlax-!(#a0qa9<Rii2;;bU{H;x<i=&X#Rk`<4wwi=C9H~8xAI(Y#<azRi@45wXI<B9;5bb~7dL(X#Xa(+!aL6Vy{g5QqOau:5au2@ay547EzbxOcU(UX-T#Ta#:Cbb|A?wjh/b_|SOw6ARgtihr}u7Rhy<d1#T)X1@@=I|~=ay<2@@=aybb}Sj3vLv;<d,#Y(56H}A978H}@dGpvs@uAu`vcw9*!aFa+ai%(b!aXa8.a?a[ozWey=sU2@G}Nch&U#Rf_WexKu+D#'!t:~Gr`~?r^j]uNr|~FRg*j^psurwJt|RmcKv)@&!)7Rkv~Br[@wxfO:Rl3co#U'6Rezj_q#vIuavjRltwzeyh@vr5JqD0!>aY?C9:9au@9Cb]}9cl#U*5;5<H||jbuus1ucv&Rfvg1v~d/pppzqFr^a--a~!aMat1(hFv;Wiz@@=Izoj5uuv-7Rix~Cw`fk2WlVcZ#X,k)u3vWs@u2]ktg;wEx'fBq(_2Wg/jTv|vV~EfoJv]!15x'hzqG!(P~EfU~CRl_j6v(us5x4i-#T(2WmZ?C2F|d>Kq<aj1!*jTqIsBv=Wl`~Cw`fi2WlWj`v0u*~>RlR=c>Z,k#u3vWs@u2]kr<c1Z+jTqIsBv=Wla~Cw`fm2WlXdmb3!a{(arZa`bkTa%TbQTa-a9+c'!aM!/[yL=Bqug.w'RifhFvyDRj.g>vgwyk^9]k^Jv3_@WfbAARkhJw2_[x|JvB_wkoIRoKwkoJRoLd'(Y#<]gm=<9<H|yd'%_X#skDtb3awwqkgNulRkgdB#^',9:p'hJwSaxRmEBwVb8@4=H|qLu+w50&!)@3qs~?pU>Awwn;;Rn=c:Z'ARn<=<qwKvC@!/&~BqqJv6!&]eVb^z^xRge'/a%+^`#Sge}6<4Rn3=]n0Pw2>Rn8Jw0!&>Rn:>Rn6cY#a7+!a&=<wkaNw~h3z_c5Z{=wjh#=]nLKv^D!&)Vyz=bW|swYb<WetcG#T(2wxa@qVx@gD#Y&b^|V5JwG&!5bb|pg/w&RgD@x=kHs=uAvn!a%%/'+RmSRh694Ro`g-vaRmRhHv-]mlxCcS#`&ba~.5cD#Ta)P~=d,#Y(56H{>978H{Dd_#{2^Y%_+qbbb{6g3sERhsbU{?dfa.,`a(Xa<!aiX#(55RiG54RiHcI#T'WiU3RiVNvdwtfcRlKNvdd,#Y&RlHRlExQgf.1*^T'X#Sgf}6Wn4=]hfPrk>Rn7Jw0!&>Rn5>Rn9Lunw?&a2!,5<oq@@wqfdRlJj5Q~=d,#Y(~ARfcOuN]fdDKw;ay(}i!547E}j?cI#T(@5bV}iCbV}hdv(^^Tb?a40,b##Tbo!a*bR!a<b|a/!aKai!aU[yK=]o^g:v>ReGJwPZtK<7Rh+h<~El,Pv#5ReR@awwxjCg,ulRjDJv6&!]j!z?aQeeg>w=Sh<eeJw;!&axEzOg,Qosc!#*:wkeJ]eJ>x'h-u(!%Ro.w~h.zPdNZ(X,Ya![x{;9ReY;wkgxRiF:x?ap#Y&RmUg<s2Rkod]+UY0TZ'!a&A9sw<=bczLNvuw{gqzNhJwSaxRmCKuLay!#&s_Rf-55b^{uJvZa!!c%#(55Ri654wmiu5RiuawLu,vp!+}^%b_}Y9;wkgxba}o>A9:=b^}zKuh=a''!3awRk3c*'!#aHRk6c+Z&Rk5Rk4Jv)&!awRjSawd9*`#0?C2@EzMj8u<uJ5RmbjQrquJu3x,k>uq@_+=ayb^|W~ARkEOuN]k@7dhzV^X/X&a-#zRzSb`zXcJzTT#2WkVKvDBzW!%FzY9;5bbzWjQrquJu3Jw3%!b`zU=ayb^zQd:#X(T-a!6Vyywxh}=b]{Jg=u1RiAdGp~qHtzv!w(wA+a+a;<!aJaYai'anasb(=azRmV:Cbb{MLq2vb!%')RjuRjrRjtRjqx3jnqCw3!%')Rk(Rk+Rk&Rk)Lq2vb!%')Rj{RjxRjzRjwLq2vb!%')RjsRjpRjfRjex3jcqCw3!%')Rk'Rk*RjkRjl9<CbbzfOu4ARhxLq2vb!%')RjyRjvRjhRjgx=joq*uKvb!%')+-Rk.Rk%Rj~Rk-Rk#Rj}x=jdq*uKvb!%')+-Rk,Rk!Rj|RjmRjjRjidAq&qKs@uAv8Aa.'*-a@a&0!aM@a5[y73Dsy3Ds|3Dt):wxgI2sHJwJZt.~Gqxwsf0ikrzt}Rl0Jvy_[xj~HqzKv_A|D!&WfP8axRoVcf,U#k(v]v+ueunaXRf1Ju}'!g8u#Ri=jQw!sCunLprq>!,')~<5qeGzq9F{W=c##%s5au:5aU3CBE|;d4#X(D!a&6Vygx(b;#(=]ed?C2F{N<capoq2r[a&!aPa9,'Pw;5s:@@=I|,55w_h|@@=IzcP~=x'fCqB_2Wl2>aU@@=I|1OuNBc1Z+jTqIsBv=Wlc~Cw`fl2WlZ~AcTa%!Z+jTqIsBv=Wlb~Cw`fh2WlYk+uNqJsBv=WlSg,u3dca3#UXaMYa)TaB-=cM|7T#<bI}l5@B932:aV2G{BOuNBJq:|M!5Ezt=<B=C@a^<B57@2F{v>cB{/T#=ay<bI{3Jv6!a.6BKq0ah&+!5E}HP~Ef{978BaU@@=Iza<7d#.Y#978BaU@@=IzH~AJq0!(@@=IzG978BaU@@=IzFe,aU*Y&^^^bvJb,b:bFad!a,c2Ta>aL.bo6!a#CbTa'T#Re{2Wlh2@G{yg6t~Ro_NvdRfticuRQRllJv3&!x&c|zs@Jw3!%RflwpfkRlpKuL;%(!Re<@G|C2GzdhIvuBwgjAg-u0RjAKQB%!(GzZ@G|5NuuRl7d='T+Y#Vy[g<v~Rm!==G|>JvA!)@wma=]m1ifuaw&RmnLs@vT'!|/+[y,g:v>ReTJw1!#qX=x!eC{bLu+wT&)ZtZauq_~Graci&U#F|89:r_Lupvq!.)&2RlG8RfaC=x!eF{_h?rpWlmd&'!#X|&]k::xJey#`'T|+<E|&2@H|%dE#(^,g;u.RiEg6vjRiC9xCkA{O|zY#g=ucRmXKs0@!&*@G|m@awRknJuh!,3d(}gY}eJvj!%Rm):Jw3!%Rm+Rm-Ls0w(&!a(a#@b[|6cZ#X'7RkxWgAOu4ARn'dH'U#Y*Vz-Wm'CARm}d]*#a%^a*T'aK!a<9bV{PC=p*Jw4!&SgxcbB5r]idw(wBRmF7xFkt#&`(Rm/Rm8E|!JuY_9:Rl5=wrgr2:bbxd@xXfB(a*#T+!.X0X1Ta/a'T&RlDRfL>RlyARl9b[z[>RfZ:RlL:RfRwlg/ARl;9;RlxKv,A/!%7s69<74=BA5ba{-8Bde#`a<XaKYa1,a'P~=wxfB2bZ}}?C972@@=I}r8@55B9;5bb}G978B2@@=aybb}3j3vLv;<Jw3&!>Rfk=ayb^}4~Ad1#`*@@=aybb{w2@>==<bbz]dx+UY#^UaF!a9!bB'Ya1.!ajXa#%olRhD[y=3Dt#Ov5BrHKuMB%!(Rf^Wep~HrJwkiQjKr|~FRg)Ku+D#'!t5~GrF~?rDdV)UY,Z/_7RkuG{<~BrBg,rlsO:235B@bX}|d?a1!#`(6Vyn5@d##Y+jTv|vV~EfIj]uNpn~FRfH7Lq2vb1!a9-978BaU@@=Iz9978BbU}#~AJq0!(@@=Iz8978BaU@@=Iz7~AJQ|}!978BbU}!JvkaK!AdUa21-U#`a+(g/vsRn~Ou!5RPj:rmu9WhOjXuvvNr}:RhAj^v(pyw8unRn[kPr}p|u7vwv]RiSBd;pppzq@qHQa?(b.!a.a`@.|xa(hFv;Wiyj5uuv-7Riw~Cw`fg2WlU978BbU|wOuNBJqG!(P~EfD~CRlQcZ#X,k)u3vWs@u2]ksg;wEx'f@q1_2Wg.j]uNpn~FRfqJv]!15x'h{qG!(@@=IzK~CRl^j6v(us5x4i,#T(2WmY?C2F{1>Kq<aj1!*jTqIsBv=Wld~Cw`fj2Wl[j`v0u*~>RlT=c>Z,k#u3vWs@u2]kq<c1Z+jTqIsBv=Wle~Cw`fn2Wl]dn1#c(a(b^a2!b/bAT(bj!aDa7bu,a_a{c0!2T0g:v>ReD2@G{42@G{5~DpM~<5rc=Bx6i>{RT#RnI@zCx]y]z:2Jv[!zr5Awyk]9]k]dD(Y+X#6Vz.g=wKtgwhaCwgmTWj2Lu,w%_+/[y-B;b^xeg3u3Rj-2@bX{*KrJ<!+'@Wg(g?QRlC@Jv`!%b[zIwsfII}8JQ_@w|kW|=Jv(%!AqcOuNBJvEzh!bYzjLs@wP#(0!oy@>RkdJwMZtc3Dtd@BcG#T'9bWxg2@2Fznd*#Y+;2x'c}w<zizixNgwa#Z'U+!/!a'!a+w~g~z6wcn{Rn}wcnzRn|5Rh%=]nJg5vuRmvNvdRlvcprJu}w*az*a#!%.a.'Bot9qT]kj@Wg'ay2Gzv@Jv`!%b[zEwsfHI}1;ck#Ux`<Cbbx_Lu+w!a&0*!wko*wwo,So,}6Juqxf!E}PigQuyRm`d3(`#8>Rn%:A5B;bZ~%KvhCa!a2!x>k7#Uxb@b{#xaRk7Jw0!)>wwhlShl}6>wwhmShm}6CJvB!.x'hhvj{!!5Bwkhhbaz}x'hivjz~!5Bwkhibaz|xEhTrNu,v-vpD!a%&/)a3a.,%Ro2t[CE{)@3re9b]{%wjo09:rgc:Z&Ro6=<riifuaw&RmoKrNA!%(Ro4>Ro89;Ri`dSaL'UYzxZb)7Rka3xRhT&!,!#^1U}vbaz{>>@=be}yC@:D5bazzKu+A&!}{?ba}y>>@=be}wxBh[t`u~vJvr!%a!a()a,a0a4RoC=]o;Ju(!%RoGRhdwjh`=]oAg>w#Ro?g5vuRo=NvdRl|Ku]C.!&;RoEJvB!%RoORoMBx'h[v+_?w~h`}~5?w~hd~!xKh]oiptu-utv.vp!#%&a30a@a'a+(a/aOp(o~p!RoDJu(!%RoHRhewjha=]oBNvdRl}g>w#Ro@g5vuRo>c[#X']o<CauRoRAd-#Y':RkpauRoQKu]C.!&;RoFJvB!%RoNRoPBx'h]v+_?w~ha}t5?w~he}ue!/UbhYacXaW^Tc&a;b:a-c/#b&aja1(!cL+!bKbt!bmcRc9aIc?8[yW3Dtt94Rg`Jv}!&SiRMzBhEebShEMNuPRe>x7gL#TzuwjirRipc<Z&>on;>z=h-MSh.Mwqczx'a7vj&!>Re4@=ResJt__NuPRi*NuPRi)j]uNr|~FRfzKrJ>_+@Wfy@Wf]2WocKrJ<!+'@Wg%g/QRl@@Jv`!&awRl<wsfFIzgLu(w*!.*&ShBMwvhIRhI9;RhNx1hK'!#Sn]Mx1hK~0!#:2<H~7cNu+w7D*'1ZtW>Rn1~?rOc:Z&Rn2=<rQ<7wjh&=BSnLMc]#X(6Vz)w[b=a!U#9wzgMc3#&(RgMRitRis<x,gKt`ax!&+SioM=BSilMc3#&(RgKRinRimKurB,!&SiQMzBhDebShDM6BJQ!(P~Efx978B2@@=I}WLrJw!!,a*&@G}O@9wkibRid@@x'fKwC!&SlDMSfLMjUv~Q~EfKKv3@a+!(hFv-]mpx/hYZ(C5RiWz<o/MwkhY?So/M@x,gbvfB*&!SgEM:SoeeehFu3:Rgbda(,^TZa)X/7Sg[eb:2RgI~BrMC@wgkc:wwkcRerx3h(uUvK!&*,SnOM4Sh*MArRg;wHRh(x=h;rJvPwI!a4',a'0@Wg&=BSh/Mg>w=Rh=g3w*wwgGRgGcW(X#;Sg}M2Gzk@Jv`!&awRl=wsfGIz`dKZ*T'Y-:RhR7RhQg5u-p`j6v(us5d,#Y+~Awkia?RicOuNBwkibba}Ld6p~tyu_vbAa'a+!a/'a3aEa8a!>Sh,ebJv{!&Sh@ebSaReb9;SgwebNuPRi(NvdRl)NuPRi'hHu^<Rm^Jvv_@Wl(g;u1Si/ebKu'B&!*Sh?eb@Wl'z@aPeb95Si.ebcpputyvjB)!,&a+0a%ShAMWeK@G}C@WfJ9;RhMwvhH9w{ia}ix,hJvRA1(!zAn[MRhHx1hJ~*!#hFv(BSn[MBJQ!(@@=I~'978B2@@=I}2db.Ua<'X}+T#a0XaG2G}E;wkg|wuh!Rh!x,hZu,@)!&So0MVy)C5RiXACJvB!&5RiY5RiZg8w)cG}*T#2@bU}=KsA>(!a.3wkhZba~(x,h^u(A!&(SoCMRhb5Bz=h[eb?w~hb~6x,h_u(A!&(SoDMRhc5Bz=h]eb?w~hc~6e)aA1T#T,^^^c-bMb&blcPaP(a/!0!bA=b5c@a(!bfbrc#2afwmhARnjwchORnp2Wlf3DtsNvdRl-2@wpa<]m0bx(#:awRk2@Jw3!%RfhwpfgRlnKQB%!(G{V@G|'NuuRl6d='T+Y#VyUg<v~Rl~==G|<Jv+'!aYShC}6@B<5?ba~8@Jw3'!g2QRljhLrpWlOd+#Y'g.w'rIg>w*wgj@g-u0Rj@Lu+wT&)ZtUauq]~GrGci&U#F|39:rELrNvj!.%*RhCwunfw~nf~:9;Ri]>wtnhg;wHRnhx3hDs@v~!/+'@Wfr@9RkSNu&Rlo=@<5GzoKs0@_+@Wl+@awRkmJuh!-3d(}pY#qWJvj!%Rm(:Jw3!%Rm,Rm*de&!1U-U#`)Re;@G|.@9Ri82@wjfvRlq=@<5GzpLvOvr!).&2RlF8Rf`C=x!eE{.Jw3_g2QRlkhLrpWlPde(!#U{s,UXa*Ta'[y'g:v>ReS;x0PZ&RnlRnn~HrKJw1}f!=x!eB|2w]aP(#Xa&a*Ta.Ua2a7=]iOd'#Y&Ro&WnWg;u.RiDg6vjRiBNvdRlzhNvj]nYJuW_2Wm3x)kFze{9d])!a.!,Y01!#&aC!a3RndC=ox~BrC@2b^{pg,rlse7x'ksuq!%Rm.E{xidw(wBRmGx9o+)X#wwo-So-}69:Rl4@xSf@a#XZ'X)X,Ta(/ARl8b[xc>RfY:RlI:RfQwlg.ARl:9;Rlwdn'#^XafaQa1X1TaHTa)@b[{zcZ#X'7RkwWg@Ou4ARn&x)kG#{,g7u/RkGdH'U#Y*Vz'Wm&CARm|bx#(A]gUbUzJj9Q~=d,#Y(56H}l978H{U7d,0#U*2>ABb_xZ978BbU{e~AJQ{g!978BbU{hxMh?ad{oUYZ.x1h?{l!#:2<H{mx3n[t{vl!,&a%3Ro(z=iS}6ARnr=Bwsn^wvn`Rnbd`*T}B0!#^X'BG{c9b]{a>>@=be}F?JvS!&BG{d7BG}(Bde#`a1X,Ya@!a'P~=wxf@2bZ}I56B2@@=aybb}08@55B9;5bb}<j3vLv;<Jw3&!>Rfg=ayb^}&OuNBKuLA!)a!P~=x#fD{f2@>==<bbzl?C972@@=Ix^d6rSu,v7w*C(0a)a6#B+a%!sQ[y?3Dt%3[xn~<5rLOu!5p@Ku+D#'!t7~GrP~?rNKvlaya7'!h+v-5qMg=t|cd,U#5AAaa5Abb{S@52B5@a[@52B5Gx[iXueu;d<#`a(!/549C;ag>23ExY5@Dah89b^~689Jv)!~2b[~1Lv'w(%*!a#bX|aPrmawRe]keu7uhv-q6rxu,q`xTo]/a5aU!bNaDXbi!b-!ao!b<bwA!#5@B932:aV2G|:d-)Y#hJrL>RhG<7@C5<H|_=Cau:5aj5@B932:bJ|ng>vIbs)#?C2F|9jPv0w.vISh-MKvUaz(.!9ABbb|[5;5<H|Eg>unwfh;9:4E|YjQsBt|vjx'hYq3!(?C2F|J:2<BaY?C2F|GOu!5x,g|p{ah!-(?C2F|c9:4E|OjXuvvNr}:Rh&i[w*t|cd+U#jJvsu)vsSn~Mkfrmu9p}u7vwv]So!McW#Xa!ax5@A5aY:5;5<H|>kJv~vYrquJu3x4ib#T)2@SmZM?C2F|Bj:rmu9@xPhI(a*a#U#`a3-5Abb|L~@:RhK9:4E|0@52B5G|#C::aY?C2F|-:2<BaY?C2F|.5Jvk!a)javYrquJu3x4ia#T)2@SmYM?C2F|HAxPhH(!a#U#`a*-5Abb|4~@:RhJ9:4E|R@52B5G|F:2<BaY?C2F|Sc^#Xa2j=Qq5CJvB!-g<v{z;hhM?C2F|Zi[vrv{z;hiM?C2F|XKsA>!a)-g<v{z;h[eb?C2F|]i[vrv{z;h]eb?C2F|^iZu.vix,hZq3ah!.(?C2F|QOu!5ShXM:2<BaY?C2F|P", 13494, 2713, 49, 25, 61);

// node_modules/entities/dist/internal/bin-trie-flags.js
var BinTrieFlags;
(function(BinTrieFlags2) {
  BinTrieFlags2[BinTrieFlags2["VALUE_LENGTH"] = 49152] = "VALUE_LENGTH";
  BinTrieFlags2[BinTrieFlags2["FLAG13"] = 8192] = "FLAG13";
  BinTrieFlags2[BinTrieFlags2["BRANCH_LENGTH"] = 8064] = "BRANCH_LENGTH";
  BinTrieFlags2[BinTrieFlags2["JUMP_TABLE"] = 127] = "JUMP_TABLE";
  BinTrieFlags2[BinTrieFlags2["VALUE_MASK"] = 8191] = "VALUE_MASK";
})(BinTrieFlags || (BinTrieFlags = {}));

// node_modules/entities/dist/decode.js
var CharCodes;
(function(CharCodes2) {
  CharCodes2[CharCodes2["AMP"] = 38] = "AMP";
  CharCodes2[CharCodes2["NUM"] = 35] = "NUM";
  CharCodes2[CharCodes2["SEMI"] = 59] = "SEMI";
  CharCodes2[CharCodes2["EQUALS"] = 61] = "EQUALS";
  CharCodes2[CharCodes2["ZERO"] = 48] = "ZERO";
  CharCodes2[CharCodes2["NINE"] = 57] = "NINE";
  CharCodes2[CharCodes2["LOWER_A"] = 97] = "LOWER_A";
  CharCodes2[CharCodes2["LOWER_X"] = 120] = "LOWER_X";
})(CharCodes || (CharCodes = {}));
var TO_LOWER_BIT = 32;
var CONSUMED_SHIFT = 21;
var CODE_POINT_MASK = 2097151;
var CONSUMED_OVERFLOW = 2047;
var longNumericConsumed = 0;
function unpackConsumed(packed) {
  const consumed = packed >>> CONSUMED_SHIFT;
  return consumed === CONSUMED_OVERFLOW ? longNumericConsumed : consumed;
}
function isNumber(code3) {
  return code3 - CharCodes.ZERO >>> 0 <= 9;
}
function isHexadecimalCharacter(code3) {
  return (code3 | TO_LOWER_BIT) - CharCodes.LOWER_A >>> 0 <= 5;
}
function isAlpha(code3) {
  return (code3 | TO_LOWER_BIT) - CharCodes.LOWER_A >>> 0 <= 25;
}
function isEntityInAttributeInvalidEnd(code3) {
  return code3 === CharCodes.EQUALS || isAlpha(code3) || isNumber(code3);
}
var EntityDecoderState;
(function(EntityDecoderState2) {
  EntityDecoderState2[EntityDecoderState2["EntityStart"] = 0] = "EntityStart";
  EntityDecoderState2[EntityDecoderState2["NumericStart"] = 1] = "NumericStart";
  EntityDecoderState2[EntityDecoderState2["NumericDecimal"] = 2] = "NumericDecimal";
  EntityDecoderState2[EntityDecoderState2["NumericHex"] = 3] = "NumericHex";
  EntityDecoderState2[EntityDecoderState2["NamedEntity"] = 4] = "NamedEntity";
})(EntityDecoderState || (EntityDecoderState = {}));
var DecodingMode;
(function(DecodingMode2) {
  DecodingMode2[DecodingMode2["Legacy"] = 0] = "Legacy";
  DecodingMode2[DecodingMode2["Strict"] = 1] = "Strict";
  DecodingMode2[DecodingMode2["Attribute"] = 2] = "Attribute";
})(DecodingMode || (DecodingMode = {}));
function determineBranch(decodeTree, current, nodeIndex, char) {
  const branchCount = (current & BinTrieFlags.BRANCH_LENGTH) >> 7;
  const jumpOffset = current & BinTrieFlags.JUMP_TABLE;
  if (jumpOffset) {
    if (branchCount === 0) {
      return char === jumpOffset ? nodeIndex : -1;
    }
    const slot = char - jumpOffset;
    if (slot >>> 0 >= branchCount)
      return -1;
    const stored = decodeTree[nodeIndex + slot];
    return stored === 0 ? -1 : nodeIndex + branchCount + stored - 1 & 65535;
  }
  if (branchCount === 0)
    return -1;
  const packedKeySlots = branchCount + 1 >> 1;
  const branchEnd = nodeIndex + packedKeySlots + branchCount;
  for (let index = 0; index < branchCount; index++) {
    const packed = decodeTree[nodeIndex + (index >> 1)];
    const key = packed >> ((index & 1) << 3) & 255;
    if (key === char) {
      const pointerIndex = nodeIndex + packedKeySlots + index;
      return branchEnd + decodeTree[pointerIndex] & 65535;
    }
    if (key > char)
      return -1;
  }
  return -1;
}
function readTrieValue(decodeTree, nodeIndex, valueLength) {
  if (valueLength === 1) {
    return String.fromCharCode(decodeTree[nodeIndex] & BinTrieFlags.VALUE_MASK);
  }
  if (valueLength === 2) {
    return String.fromCharCode(decodeTree[nodeIndex + 1]);
  }
  return String.fromCharCode(decodeTree[nodeIndex + 1], decodeTree[nodeIndex + 2]);
}
function parseNumericEntity(input, numberStart, inputLength) {
  let offset = numberStart + 1;
  let cp = 0;
  let digitStart = offset;
  if (offset < inputLength && (input.charCodeAt(offset) | TO_LOWER_BIT) === CharCodes.LOWER_X) {
    offset += 1;
    digitStart = offset;
    while (offset < inputLength) {
      const char = input.charCodeAt(offset);
      if (isNumber(char)) {
        cp = cp * 16 + (char - CharCodes.ZERO);
      } else if (isHexadecimalCharacter(char)) {
        cp = cp * 16 + ((char | TO_LOWER_BIT) - CharCodes.LOWER_A + 10);
      } else {
        break;
      }
      offset += 1;
    }
  } else {
    while (offset < inputLength) {
      const digit = input.charCodeAt(offset) - CharCodes.ZERO;
      if (digit >>> 0 > 9)
        break;
      cp = cp * 10 + digit;
      offset += 1;
    }
  }
  if (offset === digitStart)
    return 0;
  if (offset < inputLength && input.charCodeAt(offset) === CharCodes.SEMI) {
    offset += 1;
  }
  if (cp > 1114111)
    cp = 1114112;
  let consumed = offset - numberStart;
  if (consumed >= CONSUMED_OVERFLOW) {
    longNumericConsumed = consumed;
    consumed = CONSUMED_OVERFLOW;
  }
  return consumed << CONSUMED_SHIFT | cp;
}
function decodeWithTrie(input, isStrict, isAttribute) {
  const decodeTree = htmlDecodeTree;
  let offset = input.indexOf("&");
  if (offset < 0)
    return input;
  const inputLength = input.length;
  let chunkStart = 0;
  let result = "";
  const root = decodeTree[0];
  const rootJumpOffset = root & BinTrieFlags.JUMP_TABLE;
  const rootBranchCount = (root & BinTrieFlags.BRANCH_LENGTH) >> 7;
  do {
    const entityStart = offset + 1;
    const firstChar = input.charCodeAt(entityStart);
    let consumed;
    let value;
    if (firstChar === CharCodes.NUM) {
      const packed = parseNumericEntity(input, entityStart, inputLength);
      consumed = unpackConsumed(packed);
      if (isStrict && consumed > 0 && input.charCodeAt(entityStart + consumed - 1) !== CharCodes.SEMI) {
        consumed = 0;
      }
      value = consumed === 0 ? "" : codePointToString(packed & CODE_POINT_MASK);
    } else if (isAlpha(firstChar)) {
      consumed = 0;
      value = "";
      const rootSlotIndex = firstChar - rootJumpOffset;
      let nodeIndex;
      if (rootSlotIndex >>> 0 < rootBranchCount) {
        const stored = decodeTree[1 + rootSlotIndex];
        nodeIndex = stored === 0 ? -1 : rootBranchCount + stored & 65535;
      } else {
        nodeIndex = -1;
      }
      let bestNodeIndex = 0;
      let bestValueLength = 0;
      let current = nodeIndex < 0 ? 0 : decodeTree[nodeIndex];
      let index = entityStart + 1;
      trie: while (index < inputLength) {
        while (
          // Value-less, non-run node with a nonzero jump offset.
          (current & (BinTrieFlags.VALUE_LENGTH | BinTrieFlags.FLAG13)) === 0 && (current & BinTrieFlags.JUMP_TABLE) !== 0
        ) {
          const jumpOffset = current & BinTrieFlags.JUMP_TABLE;
          const branchCount = (current & BinTrieFlags.BRANCH_LENGTH) >> 7;
          if (branchCount === 0) {
            if (input.charCodeAt(index) !== jumpOffset)
              break trie;
            nodeIndex += 1;
          } else {
            const slot = input.charCodeAt(index) - jumpOffset;
            if (slot >>> 0 >= branchCount)
              break trie;
            const stored = decodeTree[nodeIndex + 1 + slot];
            if (stored === 0)
              break trie;
            nodeIndex = nodeIndex + branchCount + stored & 65535;
          }
          current = decodeTree[nodeIndex];
          index += 1;
          if (index >= inputLength)
            break trie;
        }
        if ((current & (BinTrieFlags.VALUE_LENGTH | BinTrieFlags.FLAG13)) === BinTrieFlags.FLAG13) {
          const runLength = (current & BinTrieFlags.BRANCH_LENGTH) >> 7;
          if (input.charCodeAt(index) !== (current & BinTrieFlags.JUMP_TABLE)) {
            break;
          }
          index += 1;
          const remaining = runLength - 1;
          let wordIndex = nodeIndex + 1;
          let charIndexInPacked = 0;
          for (; charIndexInPacked + 1 < remaining; charIndexInPacked += 2) {
            const packed = decodeTree[wordIndex];
            if (input.charCodeAt(index) !== (packed & 255))
              break trie;
            index += 1;
            if (input.charCodeAt(index) !== (packed >> 8 & 255))
              break trie;
            index += 1;
            wordIndex += 1;
          }
          if (charIndexInPacked < remaining) {
            if (input.charCodeAt(index) !== (decodeTree[wordIndex] & 255))
              break;
            index += 1;
          }
          nodeIndex += 1 + (runLength >> 1);
          current = decodeTree[nodeIndex];
          continue;
        }
        const valueLength = current >>> 14;
        const char = input.charCodeAt(index);
        if (valueLength !== 0) {
          if (char === CharCodes.SEMI) {
            consumed = index - entityStart + 1;
            value = valueLength === 1 ? String.fromCharCode(current & BinTrieFlags.VALUE_MASK) : readTrieValue(decodeTree, nodeIndex, valueLength);
            break;
          }
          if (!isStrict && (current & BinTrieFlags.FLAG13) === 0) {
            consumed = index - entityStart;
            bestNodeIndex = nodeIndex;
            bestValueLength = valueLength;
          }
          if (valueLength === 1)
            break;
        }
        const next = determineBranch(decodeTree, current, nodeIndex + (valueLength || 1), char);
        if (next < 0)
          break;
        nodeIndex = next;
        current = decodeTree[nodeIndex];
        index += 1;
      }
      if (value === "") {
        const finalVL = current >>> 14;
        if (finalVL !== 0 && !isStrict && (current & BinTrieFlags.FLAG13) === 0) {
          consumed = index - entityStart;
          bestNodeIndex = nodeIndex;
          bestValueLength = finalVL;
        }
        if (consumed > 0) {
          value = readTrieValue(decodeTree, bestNodeIndex, bestValueLength);
        }
      }
    } else {
      consumed = 0;
      value = "";
    }
    if (consumed === 0 || isAttribute && firstChar !== CharCodes.NUM && input.charCodeAt(entityStart + consumed - 1) !== CharCodes.SEMI && entityStart + consumed < inputLength && isEntityInAttributeInvalidEnd(input.charCodeAt(entityStart + consumed))) {
      offset = entityStart;
    } else {
      if (chunkStart < offset) {
        result += input.slice(chunkStart, offset);
      }
      result += value;
      offset = chunkStart = entityStart + consumed;
    }
    if (input.charCodeAt(offset) !== CharCodes.AMP) {
      offset = input.indexOf("&", offset);
    }
  } while (offset >= 0);
  return result + input.slice(chunkStart);
}
function decodeHTMLStrict(htmlString) {
  return decodeWithTrie(htmlString, true, false);
}

// node_modules/entities/dist/index.js
var EntityLevel;
(function(EntityLevel2) {
  EntityLevel2[EntityLevel2["XML"] = 0] = "XML";
  EntityLevel2[EntityLevel2["HTML"] = 1] = "HTML";
})(EntityLevel || (EntityLevel = {}));
var EncodingMode;
(function(EncodingMode2) {
  EncodingMode2[EncodingMode2["UTF8"] = 0] = "UTF8";
  EncodingMode2[EncodingMode2["ASCII"] = 1] = "ASCII";
  EncodingMode2[EncodingMode2["Extensive"] = 2] = "Extensive";
  EncodingMode2[EncodingMode2["Attribute"] = 3] = "Attribute";
  EncodingMode2[EncodingMode2["Text"] = 4] = "Text";
})(EncodingMode || (EncodingMode = {}));

// node_modules/linkify-it/build/index.mjs
var REBuilder = class {
  src_Any = Any.source;
  src_Cc = Cc.source;
  src_Z = Z.source;
  src_P = P.source;
  src_ZPCc = [
    this.src_Z,
    this.src_P,
    this.src_Cc
  ].join("|");
  src_ZCc = [this.src_Z, this.src_Cc].join("|");
  cache = {};
  opts = {
    maxLength: 1e4,
    urlAuth: false,
    schema_names: []
  };
  constructor(opts = {}) {
    this.opts = {
      ...this.opts,
      ...opts
    };
  }
  set(opts = {}) {
    this.opts = {
      ...this.opts,
      ...opts
    };
    this.cache = {};
    return this;
  }
  escapeRE(str) {
    return str.replace(/[.?*+^$[\]\\(){}|-]/g, "\\$&");
  }
  nestedPairRE(open, close, depth = 4) {
    const openRE = this.escapeRE(open);
    const closeRE = this.escapeRE(close);
    const atom = `(?:(?!${this.src_ZCc}|${openRE}|${closeRE}).)`;
    let pair = `${openRE}${atom}{0,1000}${closeRE}`;
    for (let level = 2; level <= depth; level++) pair = `${openRE}(?:${atom}|${pair}){0,1000}${closeRE}`;
    return pair;
  }
  get_text_separators() {
    return this.cache.text_separators ??= /[><\uff5c]/;
  }
  get_pseudo_letter() {
    return this.cache.src_pseudo_letter ??= new RegExp(`(?:(?!${this.get_text_separators().source}|${this.src_ZPCc})${this.src_Any})`);
  }
  get_ipv4_addr() {
    return this.cache.src_ip4 ??= /* @__PURE__ */ new RegExp("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])[.]){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])");
  }
  get_ipv6_addr() {
    const h16 = "[0-9A-Fa-f]{1,4}";
    const ls32 = `(?:(?:${h16}:${h16})|${this.get_ipv4_addr().source})`;
    return this.cache.src_ip6_addr ??= new RegExp(`(?:(?:${h16}:){6}${ls32}|::(?:${h16}:){5}${ls32}|(?:${h16})?::(?:${h16}:){4}${ls32}|(?:(?:${h16}:){0,1}${h16})?::(?:${h16}:){3}${ls32}|(?:(?:${h16}:){0,2}${h16})?::(?:${h16}:){2}${ls32}|(?:(?:${h16}:){0,3}${h16})?::${h16}:${ls32}|(?:(?:${h16}:){0,4}${h16})?::${ls32}|(?:(?:${h16}:){0,5}${h16})?::${h16}|(?:(?:${h16}:){0,6}${h16})?::)`);
  }
  get_ipv6_url_host() {
    return this.cache.src_ip6_host ??= new RegExp(`\\[${this.get_ipv6_addr().source}\\]`);
  }
  get_ipv6_mail_host() {
    return this.cache.src_ipv6_mail_host ??= new RegExp(`\\[IPv6:${this.get_ipv6_addr().source}\\]`);
  }
  get_auth() {
    return this.cache.src_auth ??= new RegExp(`(?:(?:(?!${this.src_ZCc}|[@/\\[\\]()]).){1,50}@)?`);
  }
  get_port() {
    return this.cache.src_port ??= /* @__PURE__ */ new RegExp("(?::(?:6(?:[0-4]\\d{3}|5(?:[0-4]\\d{2}|5(?:[0-2]\\d|3[0-5])))|[1-5]?\\d{1,4}))?");
  }
  get_host_terminator() {
    return this.cache.src_host_terminator ??= new RegExp(`(?=$|${this.get_text_separators().source}|${this.src_ZPCc})(?!${this.opts["---"] ? "-(?!--)|" : "-|"}_|:\\d|\\.-|\\.(?!$|${this.src_ZPCc}))`);
  }
  get_path_terminator() {
    return this.cache.src_path_terminator ??= new RegExp(`${this.src_ZPCc}|${this.get_text_separators().source}`);
  }
  get_path() {
    return this.cache.src_path ??= new RegExp(`(?:[/?#](?:${this.nestedPairRE("[", "]")}|${this.nestedPairRE("(", ")")}|${this.nestedPairRE("{", "}")}|\\"(?:(?!${this.src_ZCc}|["]).){1,100}\\"|\\'(?:(?!${this.src_ZCc}|[']).){1,100}\\'|\\'(?=${this.get_pseudo_letter().source}|[-])|\\.{2,20}[:]?[a-zA-Z0-9%/&]|\\.(?!${this.src_ZCc}|[.]|$)|` + (this.opts["---"] ? "\\-(?!--(?:[^-]|$))(?:-{0,19})|" : "\\-{1,20}|") + `,(?!${this.src_ZCc}|$)|;(?!${this.src_ZCc}|$)|\\!{1,20}(?!${this.src_ZCc}|[!]|$)|\\?(?!${this.src_ZCc}|[?]|$)|` + this.get_path_extra().source + `[\\\\/:%@#&=_~*]|(?!${this.get_path_terminator().source}).){1,${this.opts.maxLength}}|\\/)?`);
  }
  get_mail_name() {
    return this.cache.src_mail_name ??= /* @__PURE__ */ new RegExp("[-!#$%&'*+/=?^_`{|}~a-zA-Z0-9](?:[-!#$%&'*+/=?^_`{|}~a-zA-Z0-9]|[.](?=[-!#$%&'*+/=?^_`{|}~a-zA-Z0-9])){0,63}");
  }
  get_xn() {
    return this.cache.src_xn ??= /* @__PURE__ */ new RegExp("xn--[a-z0-9\\-]{1,59}");
  }
  get_tld() {
    if (this.cache.tld) return this.cache.tld;
    const tlds_src = [...new Set(this.opts.tlds || [])].sort().reverse().join("|");
    this.cache.tld = new RegExp(`${tlds_src || "$#none#$"}|${this.get_xn().source}`);
    return this.cache.tld;
  }
  get_domain_root() {
    return this.cache.src_domain_root ??= new RegExp("(?:" + this.get_xn().source + `|${this.get_pseudo_letter().source}{1,63})`);
  }
  get_domain() {
    return this.cache.src_domain ??= new RegExp("(?:" + this.get_xn().source + `|(?:${this.get_pseudo_letter().source})|(?:${this.get_pseudo_letter().source}(?:-|${this.get_pseudo_letter().source}){0,61}${this.get_pseudo_letter().source}))`);
  }
  get_url_host_port() {
    return this.cache.url_host_port ??= new RegExp("(?:" + this.get_ipv6_url_host().source + `|(?:(?:(?:${this.get_domain().source})\\.){0,10}${this.get_domain().source}))` + this.get_port().source + this.get_host_terminator().source);
  }
  get_fuzzy_url_host_port() {
    return this.cache.fuzzy_url_host_port ??= new RegExp("(?:" + (this.opts.fuzzyIP ? this.get_ipv4_addr().source + "|" : "") + `(?:(?:(?:${this.get_domain().source})\\.){1,10}(?:${this.get_tld().source})))` + this.get_host_terminator().source);
  }
  get_mail_host() {
    return this.cache.src_mail_host ??= new RegExp("(?:" + this.get_ipv6_mail_host().source + `|(?:(?:(?:${this.get_domain().source})\\.){0,4}${this.get_domain().source}))` + this.get_host_terminator().source);
  }
  get_fuzzy_mail_host() {
    return this.cache.src_fuzzy_mail_host ??= new RegExp("(?:" + this.get_ipv6_mail_host().source + `|(?:(?:(?:${this.get_domain().source})[.]){1,4}${this.get_domain_root().source}))` + this.get_host_terminator().source);
  }
  get_path_extra() {
    return this.cache.src_path_extra ??= /* @__PURE__ */ new RegExp("");
  }
  get_fuzzy_mail_host_search() {
    return this.cache.mail_fuzzy_host_search ??= new RegExp(`@${this.get_fuzzy_mail_host().source}`, "ig");
  }
  get_fuzzy_link_search() {
    return this.cache.link_fuzzy_search ??= new RegExp(`(^|(?![.:/\\-_@])(?:[$+<=>^\`|\uFF5C]|${this.src_ZPCc}))(?:(?![$+<=>^\`|\uFF5C])${this.get_fuzzy_url_host_port().source}${this.get_path().source})`, "ig");
  }
  get_http_validator() {
    return this.cache.http_validator ??= new RegExp("\\/\\/" + (this.opts.urlAuth ? this.get_auth().source : "") + this.get_url_host_port().source + this.get_path().source, "iy");
  }
  get_relative_proto_validator() {
    return this.cache.relative_proto_validator ??= new RegExp((this.opts.urlAuth ? this.get_auth().source : "") + `(?:localhost|${this.get_ipv6_url_host().source}|(?:(?:${this.get_domain().source})[.]){1,10}${this.get_domain_root().source})` + this.get_port().source + this.get_host_terminator().source + this.get_path().source, "iy");
  }
  get_mail_name_validator() {
    return this.cache.mail_name_validator ??= new RegExp(`(?:^|${this.get_text_separators().source}|"|\\(|${this.src_ZCc})(${this.get_mail_name().source})$`);
  }
  get_mailto_validator() {
    return this.cache.mailto_validator ??= new RegExp(`${this.get_mail_name().source}@${this.get_mail_host().source}`, "iy");
  }
  get_schema_names() {
    return this.cache.schema_names ??= new RegExp((this.opts.schema_names || []).map((name) => this.escapeRE(name)).join("|"));
  }
  get_schema_search() {
    return this.cache.schema_search ??= new RegExp(`(^|(?!_)(?:[><\uFF5C]|${this.src_ZPCc}))(${this.get_schema_names().source})`, "ig");
  }
  get_schema_at_start() {
    return this.cache.schema_at_start ??= new RegExp(`^${this.get_schema_search().source}`, "i");
  }
};
var web_schema = {
  validate: (text3, pos, self) => {
    const re = self.re.get_http_validator();
    re.lastIndex = pos;
    const m = re.exec(text3);
    return m ? m[0].length : 0;
  },
  normalize: (match, self) => self.normalize(match)
};
var defaultSchemas = {
  "http:": web_schema,
  "https:": web_schema,
  "ftp:": web_schema,
  "//": {
    validate: function(text3, pos, self) {
      const re = self.re.get_relative_proto_validator();
      re.lastIndex = pos;
      const m = re.exec(text3);
      if (m) {
        if (pos >= 3 && text3[pos - 3] === ":") return 0;
        if (pos >= 3 && text3[pos - 3] === "/") return 0;
        return m[0].length;
      }
      return 0;
    },
    normalize: (match, self) => self.normalize(match)
  },
  "mailto:": {
    validate: function(text3, pos, self) {
      const re = self.re.get_mailto_validator();
      re.lastIndex = pos;
      const m = re.exec(text3);
      return m ? m[0].length : 0;
    },
    normalize: (match, self) => self.normalize(match)
  }
};
var tlds_2ch = "a:cdefgilmnoqrstuwxz|b:abdefghijmnorstvwyz|c:acdfghiklmnoruvwxyz|d:ejkmoz|e:cegrstu|f:ijkmor|g:abdefghilmnpqrstuwy|h:kmnrtu|i:delmnoqrst|j:emop|k:eghimnprwyz|l:abcikrstuvy|m:acdeghklmnopqrstuvwxyz|n:acefgilopruz|o:m|p:aefghklmnrstwy|q:a|r:eosuw|s:abcdeghijklmnortuvxyz|t:cdfghjklmnortvwz|u:agksyz|v:aceginu|w:fs|y:et|z:amw";
var tlds_default = "biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop|\u0440\u0444";
function unpackTlds() {
  const result = tlds_default.split("|");
  tlds_2ch.split("|").forEach((item) => {
    const sep = item.indexOf(":");
    const prefix = item.slice(0, sep);
    for (const suffix of item.slice(sep + 1)) result.push(prefix + suffix);
  });
  return result;
}
var defaultOptions = {
  fuzzyLink: false,
  fuzzyEmail: true,
  fuzzyIP: false,
  "---": false,
  tlds: unpackTlds(),
  urlAuth: false,
  maxLength: 1e4
};
var Match = class {
  /** Prefix (protocol) for matched string. Empty for fuzzy links. */
  schema;
  /** First position of matched string. */
  index;
  /** Next position after matched string. */
  lastIndex;
  /** Matched string. */
  raw;
  /** Normalized text of matched string. */
  text;
  /** Normalized URL of matched string. */
  url;
  constructor(text3, schema, index, lastIndex) {
    const raw = text3.slice(index, lastIndex);
    this.schema = schema.toLowerCase();
    this.index = index;
    this.lastIndex = lastIndex;
    this.raw = raw;
    this.text = raw;
    this.url = raw;
  }
};
var LinkifyIt = class {
  __opts__;
  __schemas__;
  re;
  /**
  * Creates new linkifier instance.
  *
  * By default understands:
  *
  * - `http(s)://...` , `ftp://...`, `mailto:...` & `//...` links
  * - "fuzzy" emails (foo@bar.com).
  *
  * See {@link LinkifyConstructorOptions} for available options.
  *
  * @param options Recognition options.
  *
  * @example
  * ```javascript
  * import { LinkifyIt } from 'linkify-it'
  *
  * const linkify = new LinkifyIt({ fuzzyLink: true })
  *
  * linkify
  *   .tlds(require('tlds'))       // Reload with full TLD list
  *   .tlds('onion', true)         // Add unofficial `.onion` domain
  *   .add('ftp:', null)           // Disable `ftp:` protocol
  *   .set({ fuzzyIP: true })      // Enable IPs in fuzzy links
  *
  * console.log(linkify.test('Site github.com!')) // true
  * console.log(linkify.match('Site github.com!'))
  * ```
  */
  constructor(options2 = {}) {
    const { rebuilder, ...linkifyOptions } = options2;
    this.__opts__ = {
      ...defaultOptions,
      ...linkifyOptions
    };
    this.__schemas__ = { ...defaultSchemas };
    this.re = rebuilder || new REBuilder();
    this.re.set({
      ...this.__opts__,
      schema_names: Object.keys(this.__schemas__)
    });
  }
  /**
  * Add new rule definition.
  *
  * `schema` is a link prefix (usually, protocol name with `:` at the end,
  * `skype:` for example). `linkify-it` makes sure that prefix is not
  * preceded with alphanumeric char and symbols. Only whitespaces and
  * punctuation allowed.
  *
  * `definition` is a rule to check tail after link prefix. To disable an
  * existing rule, pass `null`.
  *
  * @param schema Rule name (fixed pattern prefix).
  * @param definition Schema definition, or `null` to disable the rule.
  *
  * See [twitter mentions example](https://github.com/markdown-it/linkify-it/blob/master/examples/twitter.mjs).
  */
  add(schema, definition = null) {
    if (!definition) delete this.__schemas__[schema];
    else {
      const def = {
        normalize: (match, self) => self.normalize(match),
        ...definition
      };
      this.__schemas__[schema] = def;
    }
    this.re.set({
      ...this.__opts__,
      schema_names: Object.keys(this.__schemas__)
    });
    return this;
  }
  /**
  * Set recognition options for links without schema.
  *
  * @param options Recognition options.
  */
  set(options2 = {}) {
    this.__opts__ = {
      ...this.__opts__,
      ...options2
    };
    this.re.set({
      ...this.__opts__,
      schema_names: Object.keys(this.__schemas__)
    });
    return this;
  }
  /**
  * Searches linkifiable pattern and returns `true` on success or `false` on fail.
  *
  * @param text Text to scan.
  */
  test(text3) {
    if (!text3.length) return false;
    let m, re;
    re = this.re.get_schema_search();
    re.lastIndex = 0;
    while ((m = re.exec(text3)) !== null) if (this.testSchemaAt(text3, m[2], re.lastIndex)) return true;
    if (this.__opts__.fuzzyLink && this.__schemas__["http:"]) {
      re = this.re.get_fuzzy_link_search();
      re.lastIndex = 0;
      if (re.exec(text3) !== null) return true;
    }
    if (this.__opts__.fuzzyEmail && this.__schemas__["mailto:"]) {
      if (text3.indexOf("@") >= 0) {
        const mailHostRe = this.re.get_fuzzy_mail_host_search();
        const mailNameRe = this.re.get_mail_name_validator();
        mailHostRe.lastIndex = 0;
        while ((m = mailHostRe.exec(text3)) !== null) {
          const name = text3.slice(Math.max(0, m.index - 65), m.index);
          if (mailNameRe.test(name)) return true;
        }
      }
    }
    return false;
  }
  /**
  * Similar to {@link LinkifyIt.test} but checks only specific protocol tail exactly
  * at given position. Returns length of found pattern (0 on fail).
  *
  * @param text Text to scan.
  * @param schema Rule (schema) name.
  * @param pos Text offset to check from.
  */
  testSchemaAt(text3, schema, pos) {
    if (!this.__schemas__[schema.toLowerCase()]) return 0;
    return this.__schemas__[schema.toLowerCase()].validate(text3.slice(0, pos + this.__opts__.maxLength), pos, this);
  }
  /**
  * Returns array of found link descriptions or `null` on fail. We strongly
  * recommend to use {@link LinkifyIt.test} first, for best speed.
  *
  * @param text Text to scan.
  */
  match(text3) {
    const result = [];
    const schemaRe = this.re.get_schema_search();
    let fuzzyLinkRe;
    let mailHostRe;
    let mailNameRe;
    let fuzzyLinkCandidate;
    let fuzzyEmailCandidate;
    let schemaPrefix;
    let schemaDone = false;
    let fuzzyLinkDone = false;
    let fuzzyEmailDone = false;
    let pos = 0;
    if (!text3.length) return null;
    schemaRe.lastIndex = 0;
    if (this.__opts__.fuzzyLink && this.__schemas__["http:"]) {
      fuzzyLinkRe = this.re.get_fuzzy_link_search();
      fuzzyLinkRe.lastIndex = 0;
    }
    if (this.__opts__.fuzzyEmail && this.__schemas__["mailto:"]) {
      mailHostRe = this.re.get_fuzzy_mail_host_search();
      mailHostRe.lastIndex = 0;
      mailNameRe = this.re.get_mail_name_validator();
    }
    for (; ; ) {
      const scanFrom = Math.max(pos - 1, 0);
      if (mailHostRe && mailNameRe && !fuzzyEmailDone && (!fuzzyEmailCandidate || fuzzyEmailCandidate.index < pos)) {
        if (mailHostRe.lastIndex < scanFrom) mailHostRe.lastIndex = scanFrom;
        for (; ; ) {
          const m = mailHostRe.exec(text3);
          if (!m) {
            fuzzyEmailDone = true;
            fuzzyEmailCandidate = void 0;
            break;
          }
          const name = mailNameRe.exec(text3.slice(Math.max(0, m.index - 65), m.index));
          if (!name) continue;
          fuzzyEmailCandidate = {
            schema: "mailto:",
            index: m.index - name[1].length,
            lastIndex: m.index + m[0].length
          };
          if (fuzzyEmailCandidate.index >= pos) break;
          if (mailHostRe.lastIndex < scanFrom) mailHostRe.lastIndex = scanFrom;
        }
      }
      if (fuzzyLinkRe && !fuzzyLinkDone && (!fuzzyLinkCandidate || fuzzyLinkCandidate.index < pos)) {
        if (fuzzyLinkRe.lastIndex < scanFrom) fuzzyLinkRe.lastIndex = scanFrom;
        for (; ; ) {
          const m = fuzzyLinkRe.exec(text3);
          if (!m) {
            fuzzyLinkDone = true;
            fuzzyLinkCandidate = void 0;
            break;
          }
          fuzzyLinkCandidate = {
            schema: "",
            index: m.index + m[1].length,
            lastIndex: m.index + m[0].length
          };
          if (fuzzyLinkCandidate.index >= pos) break;
          if (fuzzyLinkRe.lastIndex < scanFrom) fuzzyLinkRe.lastIndex = scanFrom;
        }
      }
      let fuzzyCandidate = fuzzyEmailCandidate;
      if (!fuzzyCandidate || fuzzyLinkCandidate && (fuzzyLinkCandidate.index < fuzzyCandidate.index || fuzzyLinkCandidate.index === fuzzyCandidate.index && fuzzyLinkCandidate.lastIndex > fuzzyCandidate.lastIndex)) fuzzyCandidate = fuzzyLinkCandidate;
      let schemaCandidate;
      if (!schemaDone) for (; ; ) {
        if (!schemaPrefix) {
          if (schemaRe.lastIndex < scanFrom) schemaRe.lastIndex = scanFrom;
          const m = schemaRe.exec(text3);
          if (!m) {
            schemaDone = true;
            break;
          }
          schemaPrefix = {
            schema: m[2],
            index: m.index + m[1].length,
            lastIndex: m.index + m[0].length
          };
        }
        if (schemaPrefix.index < pos) {
          schemaPrefix = void 0;
          continue;
        }
        if (fuzzyCandidate && schemaPrefix.index > fuzzyCandidate.index) break;
        const prefix = schemaPrefix;
        schemaPrefix = void 0;
        const len = this.testSchemaAt(text3, prefix.schema, prefix.lastIndex);
        if (len) {
          schemaCandidate = {
            schema: prefix.schema,
            index: prefix.index,
            lastIndex: prefix.lastIndex + len
          };
          break;
        }
      }
      let candidate = schemaCandidate;
      if (!candidate || fuzzyEmailCandidate && (fuzzyEmailCandidate.index < candidate.index || fuzzyEmailCandidate.index === candidate.index && fuzzyEmailCandidate.lastIndex > candidate.lastIndex)) candidate = fuzzyEmailCandidate;
      if (!candidate || fuzzyLinkCandidate && (fuzzyLinkCandidate.index < candidate.index || fuzzyLinkCandidate.index === candidate.index && fuzzyLinkCandidate.lastIndex > candidate.lastIndex)) candidate = fuzzyLinkCandidate;
      if (!candidate) break;
      if (candidate === fuzzyEmailCandidate) fuzzyEmailCandidate = void 0;
      else if (candidate === fuzzyLinkCandidate) fuzzyLinkCandidate = void 0;
      const match = new Match(text3, candidate.schema, candidate.index, candidate.lastIndex);
      if (match.schema) this.__schemas__[match.schema].normalize(match, this);
      else this.normalize(match);
      result.push(match);
      pos = candidate.lastIndex;
    }
    if (result.length) return result;
    return null;
  }
  /**
  * Returns fully-formed (not fuzzy) link if it starts at the beginning
  * of the string, and null otherwise.
  *
  * @param text Text to scan.
  */
  matchAtStart(text3) {
    if (!text3.length) return null;
    const m = this.re.get_schema_at_start().exec(text3);
    if (!m) return null;
    const len = this.testSchemaAt(text3, m[2], m[0].length);
    if (!len) return null;
    const match = new Match(text3, m[2], m.index + m[1].length, m.index + m[0].length + len);
    this.__schemas__[match.schema].normalize(match, this);
    return match;
  }
  /**
  * Load (or merge) new TLDs list. Those are used for fuzzy links (without
  * prefix) to avoid false positives. By default this algorithm is used:
  *
  * - hostname with any 2-letter root zones are ok.
  * - biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop|рф
  *   are ok.
  * - encoded (`xn--...`) root zones are ok.
  *
  * If list is replaced, then exact match for 2-chars root zones will be checked.
  *
  * @param list List of TLDs.
  * @param keepOld Merge with current list if `true` (`false` by default).
  */
  tlds(list2, keepOld = false) {
    list2 = Array.isArray(list2) ? list2 : [list2];
    if (!keepOld) this.__opts__.tlds = list2;
    else this.__opts__.tlds = this.__opts__.tlds.concat(list2);
    this.re.set({
      ...this.__opts__,
      schema_names: Object.keys(this.__schemas__)
    });
    return this;
  }
  /**
  * Default normalizer (if schema does not define its own).
  *
  * @param match Match to normalize.
  */
  normalize(match) {
    if (!match.schema) match.url = `http://${match.url}`;
    if (match.schema === "mailto:" && !/^mailto:/i.test(match.url)) match.url = `mailto:${match.url}`;
  }
};

// node_modules/markdown-it/dist/markdown-it.mjs
var import_punycode = __toESM(require_punycode(), 1);
var __defProp = Object.defineProperty;
var __exportAll = (all, no_symbols) => {
  let target = {};
  for (var name in all) __defProp(target, name, {
    get: all[name],
    enumerable: true
  });
  if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
  return target;
};
var utils_exports = /* @__PURE__ */ __exportAll({
  arrayReplaceAt: () => arrayReplaceAt,
  asciiTrim: () => asciiTrim,
  callable: () => callable,
  escapeHtml: () => escapeHtml,
  escapeRE: () => escapeRE,
  fromCodePoint: () => fromCodePoint,
  isMdAsciiPunct: () => isMdAsciiPunct,
  isPunctChar: () => isPunctChar,
  isPunctCharCode: () => isPunctCharCode,
  isSpace: () => isSpace,
  isValidEntityCode: () => isValidEntityCode,
  isWhiteSpace: () => isWhiteSpace,
  lib: () => lib,
  normalizeReference: () => normalizeReference,
  unescapeAll: () => unescapeAll,
  unescapeMd: () => unescapeMd
});
function callable(cls) {
  const wrapper = function(...args) {
    return Reflect.construct(cls, args, new.target && new.target !== wrapper ? new.target : cls);
  };
  Object.defineProperty(wrapper, "name", { value: cls.name });
  Object.setPrototypeOf(wrapper, cls);
  wrapper.prototype = cls.prototype;
  return wrapper;
}
function arrayReplaceAt(src, pos, newElements) {
  return [].concat(src.slice(0, pos), newElements, src.slice(pos + 1));
}
function isValidEntityCode(c) {
  if (c >= 55296 && c <= 57343) return false;
  if (c >= 64976 && c <= 65007) return false;
  if ((c & 65535) === 65535 || (c & 65535) === 65534) return false;
  if (c >= 0 && c <= 8) return false;
  if (c === 11) return false;
  if (c >= 14 && c <= 31) return false;
  if (c >= 127 && c <= 159) return false;
  if (c > 1114111) return false;
  return true;
}
function fromCodePoint(c) {
  if (c > 65535) {
    c -= 65536;
    const surrogate1 = 55296 + (c >> 10);
    const surrogate2 = 56320 + (c & 1023);
    return String.fromCharCode(surrogate1, surrogate2);
  }
  return String.fromCharCode(c);
}
var UNESCAPE_MD_RE = /\\([!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~])/g;
var UNESCAPE_ALL_RE = new RegExp(`${UNESCAPE_MD_RE.source}|${/&([a-z#][a-z0-9]{1,31});/gi.source}`, "gi");
var DIGITAL_ENTITY_TEST_RE = /^#((?:x[a-f0-9]{1,8}|[0-9]{1,8}))$/i;
function replaceEntityPattern(match, name) {
  if (name.charCodeAt(0) === 35 && DIGITAL_ENTITY_TEST_RE.test(name)) {
    const code3 = name[1].toLowerCase() === "x" ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    if (isValidEntityCode(code3)) return fromCodePoint(code3);
    return match;
  }
  const decoded = decodeHTMLStrict(match);
  if (decoded !== match) return decoded;
  return match;
}
function unescapeMd(str) {
  if (str.indexOf("\\") < 0) return str;
  return str.replace(UNESCAPE_MD_RE, "$1");
}
function unescapeAll(str) {
  if (str.indexOf("\\") < 0 && str.indexOf("&") < 0) return str;
  return str.replace(UNESCAPE_ALL_RE, function(match, escaped, entity2) {
    if (escaped) return escaped;
    return replaceEntityPattern(match, entity2);
  });
}
var HTML_ESCAPE_TEST_RE = /[&<>"]/;
var HTML_ESCAPE_REPLACE_RE = /[&<>"]/g;
var HTML_REPLACEMENTS = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;"
};
function replaceUnsafeChar(ch) {
  return HTML_REPLACEMENTS[ch];
}
function escapeHtml(str) {
  if (HTML_ESCAPE_TEST_RE.test(str)) return str.replace(HTML_ESCAPE_REPLACE_RE, replaceUnsafeChar);
  return str;
}
var REGEXP_ESCAPE_RE = /[.?*+^$[\]\\(){}|-]/g;
function escapeRE(str) {
  return str.replace(REGEXP_ESCAPE_RE, "\\$&");
}
function isSpace(code3) {
  switch (code3) {
    case 9:
    case 32:
      return true;
  }
  return false;
}
function isWhiteSpace(code3) {
  if (code3 >= 8192 && code3 <= 8202) return true;
  switch (code3) {
    case 9:
    case 10:
    case 11:
    case 12:
    case 13:
    case 32:
    case 160:
    case 5760:
    case 8239:
    case 8287:
    case 12288:
      return true;
  }
  return false;
}
function isPunctChar(ch) {
  return P.test(ch) || S.test(ch);
}
function isPunctCharCode(code3) {
  return isPunctChar(fromCodePoint(code3));
}
function isMdAsciiPunct(ch) {
  switch (ch) {
    case 33:
    case 34:
    case 35:
    case 36:
    case 37:
    case 38:
    case 39:
    case 40:
    case 41:
    case 42:
    case 43:
    case 44:
    case 45:
    case 46:
    case 47:
    case 58:
    case 59:
    case 60:
    case 61:
    case 62:
    case 63:
    case 64:
    case 91:
    case 92:
    case 93:
    case 94:
    case 95:
    case 96:
    case 123:
    case 124:
    case 125:
    case 126:
      return true;
    default:
      return false;
  }
}
function normalizeReference(str) {
  str = str.trim().replace(/\s+/g, " ");
  return str.toLowerCase().toUpperCase();
}
function isAsciiTrimmable(c) {
  return c === 32 || c === 9 || c === 10 || c === 13;
}
function asciiTrim(str) {
  let start = 0;
  for (; start < str.length; start++) if (!isAsciiTrimmable(str.charCodeAt(start))) break;
  let end = str.length - 1;
  for (; end >= start; end--) if (!isAsciiTrimmable(str.charCodeAt(end))) break;
  return str.slice(start, end + 1);
}
var lib = {
  mdurl: mdurl_exports,
  ucmicro: build_exports
};
function parseLinkLabel(state, start, disableNested) {
  let level, found2, marker, prevPos;
  const max = state.posMax;
  const oldPos = state.pos;
  state.pos = start + 1;
  level = 1;
  while (state.pos < max) {
    marker = state.src.charCodeAt(state.pos);
    if (marker === 93) {
      level--;
      if (level === 0) {
        found2 = true;
        break;
      }
    }
    prevPos = state.pos;
    state.md.inline.skipToken(state);
    if (marker === 91) {
      if (prevPos === state.pos - 1) level++;
      else if (disableNested) {
        state.pos = oldPos;
        return -1;
      }
    }
  }
  let labelEnd = -1;
  if (found2) labelEnd = state.pos;
  state.pos = oldPos;
  return labelEnd;
}
function parseLinkDestination(str, start, max) {
  let code3;
  let pos = start;
  const result = {
    ok: false,
    pos: 0,
    str: ""
  };
  if (str.charCodeAt(pos) === 60) {
    pos++;
    while (pos < max) {
      code3 = str.charCodeAt(pos);
      if (code3 === 10) return result;
      if (code3 === 60) return result;
      if (code3 === 62) {
        result.pos = pos + 1;
        result.str = unescapeAll(str.slice(start + 1, pos));
        result.ok = true;
        return result;
      }
      if (code3 === 92 && pos + 1 < max) {
        pos += 2;
        continue;
      }
      pos++;
    }
    return result;
  }
  let level = 0;
  while (pos < max) {
    code3 = str.charCodeAt(pos);
    if (code3 === 32) break;
    if (code3 < 32 || code3 === 127) break;
    if (code3 === 92 && pos + 1 < max) {
      if (str.charCodeAt(pos + 1) === 32) {
        pos++;
        continue;
      }
      pos += 2;
      continue;
    }
    if (code3 === 40) {
      level++;
      if (level > 32) return result;
    }
    if (code3 === 41) {
      if (level === 0) break;
      level--;
    }
    pos++;
  }
  if (start === pos) return result;
  if (level !== 0) return result;
  result.str = unescapeAll(str.slice(start, pos));
  result.pos = pos;
  result.ok = true;
  return result;
}
function parseLinkTitle(str, start, max, prev_state) {
  let code3;
  let pos = start;
  const state = {
    ok: false,
    can_continue: false,
    pos: 0,
    str: "",
    marker: 0
  };
  if (prev_state) {
    state.str = prev_state.str;
    state.marker = prev_state.marker;
  } else {
    if (pos >= max) return state;
    let marker = str.charCodeAt(pos);
    if (marker !== 34 && marker !== 39 && marker !== 40) return state;
    start++;
    pos++;
    if (marker === 40) marker = 41;
    state.marker = marker;
  }
  while (pos < max) {
    code3 = str.charCodeAt(pos);
    if (code3 === state.marker) {
      state.pos = pos + 1;
      state.str += unescapeAll(str.slice(start, pos));
      state.ok = true;
      return state;
    } else if (code3 === 40 && state.marker === 41) return state;
    else if (code3 === 92 && pos + 1 < max) pos++;
    pos++;
  }
  state.can_continue = true;
  state.str += unescapeAll(str.slice(start, pos));
  return state;
}
var helpers_exports = /* @__PURE__ */ __exportAll({
  parseLinkDestination: () => parseLinkDestination,
  parseLinkLabel: () => parseLinkLabel,
  parseLinkTitle: () => parseLinkTitle
});
function _typeof(o) {
  "@babel/helpers - typeof";
  return _typeof = "function" == typeof Symbol && "symbol" == typeof Symbol.iterator ? function(o2) {
    return typeof o2;
  } : function(o2) {
    return o2 && "function" == typeof Symbol && o2.constructor === Symbol && o2 !== Symbol.prototype ? "symbol" : typeof o2;
  }, _typeof(o);
}
function toPrimitive(t, r) {
  if ("object" != _typeof(t) || !t) return t;
  var e = t[Symbol.toPrimitive];
  if (void 0 !== e) {
    var i = e.call(t, r || "default");
    if ("object" != _typeof(i)) return i;
    throw new TypeError("@@toPrimitive must return a primitive value.");
  }
  return ("string" === r ? String : Number)(t);
}
function toPropertyKey(t) {
  var i = toPrimitive(t, "string");
  return "symbol" == _typeof(i) ? i : i + "";
}
function _defineProperty(e, r, t) {
  return (r = toPropertyKey(r)) in e ? Object.defineProperty(e, r, {
    value: t,
    enumerable: true,
    configurable: true,
    writable: true
  }) : e[r] = t, e;
}
var Token = class {
  constructor(type, tag, nesting) {
    _defineProperty(
      this,
      /**
      * Source map info. Format: `[ line_begin, line_end ]`
      */
      "map",
      null
    );
    _defineProperty(
      this,
      /**
      * nesting level, the same as `state.level`
      */
      "level",
      0
    );
    _defineProperty(
      this,
      /**
      * An array of child nodes (inline and img tokens)
      */
      "children",
      null
    );
    _defineProperty(
      this,
      /**
      * In a case of self-closing tag (code, html, fence, etc.),
      * it has contents of this tag.
      */
      "content",
      ""
    );
    _defineProperty(
      this,
      /**
      * '*' or '_' for emphasis, fence string for fence, etc.
      */
      "markup",
      ""
    );
    _defineProperty(
      this,
      /**
      * Additional information:
      *
      * - Info string for "fence" tokens
      * - The value "auto" for autolink "link_open" and "link_close" tokens
      * - The string value of the item marker for ordered-list "list_item_open" tokens
      */
      "info",
      ""
    );
    _defineProperty(
      this,
      /**
      * True for block-level tokens, false for inline tokens.
      * Used in renderer to calculate line breaks
      */
      "block",
      false
    );
    _defineProperty(
      this,
      /**
      * If it's true, ignore this element when rendering. Used for tight lists
      * to hide paragraphs.
      */
      "hidden",
      false
    );
    this.type = type;
    this.tag = tag;
    this.attrs = null;
    this.nesting = nesting;
    this.meta = null;
  }
  /**
  * Search attribute index by name.
  */
  attrIndex(name) {
    if (!this.attrs) return -1;
    const attrs = this.attrs;
    for (let i = 0, len = attrs.length; i < len; i++) if (attrs[i][0] === name) return i;
    return -1;
  }
  /**
  * Add `[ name, value ]` attribute to list. Init attrs if necessary
  */
  attrPush(attrData) {
    if (this.attrs) this.attrs.push(attrData);
    else this.attrs = [attrData];
  }
  /**
  * Set `name` attribute to `value`. Override old value if exists.
  */
  attrSet(name, value) {
    const idx = this.attrIndex(name);
    const attrData = [name, value];
    if (idx < 0) this.attrPush(attrData);
    else this.attrs[idx] = attrData;
  }
  /**
  * Get the value of attribute `name`, or null if it does not exist.
  */
  attrGet(name) {
    const idx = this.attrIndex(name);
    let value = null;
    if (idx >= 0) value = this.attrs[idx][1];
    return value;
  }
  /**
  * Join value to existing attribute via space. Or create new attribute if not
  * exists. Useful to operate with token classes.
  */
  attrJoin(name, value) {
    const idx = this.attrIndex(name);
    if (idx < 0) this.attrPush([name, value]);
    else this.attrs[idx][1] = `${this.attrs[idx][1]} ${value}`;
  }
};
var Ruler = class {
  constructor() {
    _defineProperty(
      this,
      /** @internal */
      "__rules__",
      []
    );
    _defineProperty(
      this,
      /** @internal */
      "__cache__",
      null
    );
  }
  /** @internal */
  __find__(name) {
    for (let i = 0; i < this.__rules__.length; i++) if (this.__rules__[i].name === name) return i;
    return -1;
  }
  /** @internal */
  __compile__() {
    const chains = /* @__PURE__ */ new Set();
    this.__rules__.forEach((rule) => {
      if (!rule.enabled) return;
      rule.alt.forEach((altName) => {
        if (altName) chains.add(altName);
      });
    });
    this.__cache__ = /* @__PURE__ */ Object.create(null);
    this.__cache__[""] = [];
    this.__rules__.forEach((rule) => {
      if (rule.enabled) this.__cache__[""].push(rule.fn);
    });
    chains.forEach((chain) => {
      this.__cache__[chain] = [];
      this.__rules__.forEach((rule) => {
        if (rule.enabled && rule.alt.indexOf(chain) >= 0) this.__cache__[chain].push(rule.fn);
      });
    });
  }
  /**
  * Replace rule by name with new function & options. Throws error if name not
  * found.
  *
  * @example Replace existing typographer replacement rule with new one
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  * const md = new MarkdownIt()
  *
  * md.core.ruler.at('replacements', function replace(state) {
  *   //...
  * });
  * ```
  */
  at(name, fn, options2 = {}) {
    const index = this.__find__(name);
    if (index === -1) throw new Error(`Parser rule not found: ${name}`);
    this.__rules__[index].fn = fn;
    this.__rules__[index].alt = options2.alt || [];
    this.__cache__ = null;
  }
  /**
  * Add new rule to chain before one with given name. See also
  * {@link Ruler.after}, {@link Ruler.push}.
  *
  * @example
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  * const md = new MarkdownIt()
  *
  * md.block.ruler.before('paragraph', 'my_rule', function replace(state) {
  *   //...
  * });
  * ```
  */
  before(beforeName, ruleName, fn, options2 = {}) {
    const index = this.__find__(beforeName);
    if (index === -1) throw new Error(`Parser rule not found: ${beforeName}`);
    this.__rules__.splice(index, 0, {
      name: ruleName,
      enabled: true,
      fn,
      alt: options2.alt || []
    });
    this.__cache__ = null;
  }
  /**
  * Add new rule to chain after one with given name. See also
  * {@link Ruler.before}, {@link Ruler.push}.
  *
  * @example
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  * const md = new MarkdownIt()
  *
  * md.inline.ruler.after('text', 'my_rule', function replace(state) {
  *   //...
  * });
  * ```
  */
  after(afterName, ruleName, fn, options2 = {}) {
    const index = this.__find__(afterName);
    if (index === -1) throw new Error(`Parser rule not found: ${afterName}`);
    this.__rules__.splice(index + 1, 0, {
      name: ruleName,
      enabled: true,
      fn,
      alt: options2.alt || []
    });
    this.__cache__ = null;
  }
  /**
  * Push new rule to the end of chain. See also
  * {@link Ruler.before}, {@link Ruler.after}.
  *
  * @example
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  * const md = new MarkdownIt()
  *
  * md.core.ruler.push('my_rule', function replace(state) {
  *   //...
  * });
  * ```
  */
  push(ruleName, fn, options2 = {}) {
    this.__rules__.push({
      name: ruleName,
      enabled: true,
      fn,
      alt: options2.alt || []
    });
    this.__cache__ = null;
  }
  /**
  * Enable rules with given names. If any rule name not found - throw Error.
  * Errors can be disabled by second param.
  *
  * See also {@link Ruler.disable}, {@link Ruler.enableOnly}.
  *
  * Returns list of found rule names (if no exception happened).
  */
  enable(list2, ignoreInvalid = false) {
    if (!Array.isArray(list2)) list2 = [list2];
    const result = [];
    list2.forEach((name) => {
      const idx = this.__find__(name);
      if (idx < 0) {
        if (ignoreInvalid) return;
        throw new Error(`Rules manager: invalid rule name ${name}`);
      }
      this.__rules__[idx].enabled = true;
      result.push(name);
    });
    this.__cache__ = null;
    return result;
  }
  /**
  * Enable rules with given names, and disable everything else. If any rule name
  * not found - throw Error. Errors can be disabled by second param.
  *
  * See also {@link Ruler.disable}, {@link Ruler.enable}.
  */
  enableOnly(list2, ignoreInvalid = false) {
    if (!Array.isArray(list2)) list2 = [list2];
    this.__rules__.forEach((rule) => {
      rule.enabled = false;
    });
    this.enable(list2, ignoreInvalid);
  }
  /**
  * Disable rules with given names. If any rule name not found - throw Error.
  * Errors can be disabled by second param.
  *
  * See also {@link Ruler.enable}, {@link Ruler.enableOnly}.
  *
  * Returns list of found rule names (if no exception happened).
  */
  disable(list2, ignoreInvalid = false) {
    if (!Array.isArray(list2)) list2 = [list2];
    const result = [];
    list2.forEach((name) => {
      const idx = this.__find__(name);
      if (idx < 0) {
        if (ignoreInvalid) return;
        throw new Error(`Rules manager: invalid rule name ${name}`);
      }
      this.__rules__[idx].enabled = false;
      result.push(name);
    });
    this.__cache__ = null;
    return result;
  }
  /**
  * Return array of active functions (rules) for given chain name. It analyzes
  * rules configuration, compiles caches if not exists and returns result.
  *
  * Default chain name is `''` (empty string). It can't be skipped. That's
  * done intentionally, to keep signature monomorphic for high speed.
  */
  getRules(chainName) {
    if (!this.__cache__) this.__compile__();
    return this.__cache__[chainName] || [];
  }
};
var default_rules = {};
default_rules.code_inline = function(tokens, idx, options2, env, slf) {
  const token = tokens[idx];
  return `<code${slf.renderAttrs(token)}>${escapeHtml(token.content)}</code>`;
};
default_rules.code_block = function(tokens, idx, options2, env, slf) {
  const token = tokens[idx];
  return `<pre${slf.renderAttrs(token)}><code>${escapeHtml(tokens[idx].content)}</code></pre>
`;
};
default_rules.fence = function(tokens, idx, options2, env, slf) {
  const token = tokens[idx];
  const info = token.info ? unescapeAll(token.info).trim() : "";
  let langName = "";
  let langAttrs = "";
  if (info) {
    const arr = info.split(/(\s+)/g);
    langName = arr[0];
    langAttrs = arr.slice(2).join("");
  }
  let highlighted;
  if (options2.highlight) highlighted = options2.highlight(token.content, langName, langAttrs) || escapeHtml(token.content);
  else highlighted = escapeHtml(token.content);
  if (highlighted.indexOf("<pre") === 0) return highlighted + "\n";
  if (info) {
    const i = token.attrIndex("class");
    const tmpAttrs = token.attrs ? token.attrs.slice() : [];
    if (i < 0) tmpAttrs.push(["class", `${options2.langPrefix}${langName}`]);
    else {
      tmpAttrs[i] = [tmpAttrs[i][0], tmpAttrs[i][1]];
      tmpAttrs[i][1] += ` ${options2.langPrefix}${langName}`;
    }
    const tmpToken = { attrs: tmpAttrs };
    return `<pre><code${slf.renderAttrs(tmpToken)}>${highlighted}</code></pre>
`;
  }
  return `<pre><code${slf.renderAttrs(token)}>${highlighted}</code></pre>
`;
};
default_rules.image = function(tokens, idx, options2, env, slf) {
  const token = tokens[idx];
  token.attrs[token.attrIndex("alt")][1] = slf.renderInlineAsText(token.children, options2, env);
  return slf.renderToken(tokens, idx, options2);
};
default_rules.hardbreak = function(tokens, idx, options2) {
  return options2.xhtmlOut ? "<br />\n" : "<br>\n";
};
default_rules.softbreak = function(tokens, idx, options2) {
  return options2.breaks ? options2.xhtmlOut ? "<br />\n" : "<br>\n" : "\n";
};
default_rules.text = function(tokens, idx) {
  return escapeHtml(tokens[idx].content);
};
default_rules.html_block = function(tokens, idx) {
  return tokens[idx].content;
};
default_rules.html_inline = function(tokens, idx) {
  return tokens[idx].content;
};
var Renderer = class {
  constructor() {
    _defineProperty(
      this,
      /**
      * Contains render rules for tokens. Can be updated and extended.
      *
      * See [source code](https://github.com/markdown-it/markdown-it/blob/master/src/renderer.ts)
      * for more details and examples.
      *
      * @example Custom render rules
      * ```javascript
      * import MarkdownIt from 'markdown-it'
      * const md = new MarkdownIt()
      *
      * md.renderer.rules.strong_open  = function () { return '<b>'; };
      * md.renderer.rules.strong_close = function () { return '</b>'; };
      *
      * const result = md.renderInline(...);
      * ```
      *
      * @example Each rule is called as independent static function with fixed signature
      * ```javascript
      * function my_token_render(tokens, idx, options, env, renderer) {
      *   // ...
      *   return renderedHTML;
      * }
      * ```
      */
      "rules",
      Object.assign({}, default_rules)
    );
  }
  /**
  * Render token attributes to string.
  */
  renderAttrs(token) {
    let i, l, result;
    if (!token.attrs) return "";
    result = "";
    for (i = 0, l = token.attrs.length; i < l; i++) result += ` ${escapeHtml(token.attrs[i][0])}="${escapeHtml(String(token.attrs[i][1]))}"`;
    return result;
  }
  /**
  * Default token renderer. Can be overriden by custom function
  * in {@link Renderer.rules}.
  */
  renderToken(tokens, idx, options2) {
    const token = tokens[idx];
    let result = "";
    if (token.hidden) return "";
    let prev = idx - 1;
    while (prev >= 0 && tokens[prev].hidden && tokens[prev].nesting === 0) prev--;
    if (token.block && token.nesting !== -1 && prev >= 0 && tokens[prev].hidden && tokens[prev].nesting === -1) result += "\n";
    result += (token.nesting === -1 ? "</" : "<") + token.tag;
    result += this.renderAttrs(token);
    if (token.nesting === 0 && options2.xhtmlOut) result += " /";
    let needLf = false;
    if (token.block) {
      needLf = true;
      if (token.nesting === 1) {
        let next = idx + 1;
        while (next < tokens.length && tokens[next].hidden && tokens[next].nesting === 0) next++;
        if (next < tokens.length) {
          const nextToken = tokens[next];
          if (nextToken.type === "inline" || nextToken.hidden) needLf = false;
          else if (nextToken.nesting === -1 && nextToken.tag === token.tag) needLf = false;
        }
      }
    }
    result += needLf ? ">\n" : ">";
    return result;
  }
  /**
  * The same as {@link Renderer.render}, but for single token of `inline` type.
  */
  renderInline(tokens, options2, env) {
    let result = "";
    const rules = this.rules;
    for (let i = 0, len = tokens.length; i < len; i++) {
      const type = tokens[i].type;
      if (typeof rules[type] !== "undefined") result += rules[type](tokens, i, options2, env, this);
      else result += this.renderToken(tokens, i, options2);
    }
    return result;
  }
  /**
  * Special kludge for image `alt` attributes to conform CommonMark spec.
  * Don't try to use it! Spec requires to show `alt` content with stripped markup,
  * instead of simple escaping.
  */
  renderInlineAsText(tokens, options2, env) {
    let result = "";
    for (let i = 0, len = tokens.length; i < len; i++) switch (tokens[i].type) {
      case "text":
      case "code_inline":
        result += tokens[i].content;
        break;
      case "image":
        result += this.renderInlineAsText(tokens[i].children, options2, env);
        break;
      case "html_inline":
      case "html_block":
        result += tokens[i].content;
        break;
      case "softbreak":
      case "hardbreak":
        result += "\n";
    }
    return result;
  }
  /**
  * Takes token stream and generates HTML. Probably, you will never need to call
  * this method directly.
  */
  render(tokens, options2, env) {
    let result = "";
    const rules = this.rules;
    for (let i = 0, len = tokens.length; i < len; i++) {
      const type = tokens[i].type;
      if (type === "inline") result += this.renderInline(tokens[i].children, options2, env);
      else if (typeof rules[type] !== "undefined") result += rules[type](tokens, i, options2, env, this);
      else result += this.renderToken(tokens, i, options2);
    }
    return result;
  }
};
var StateCore = class {
  constructor(src, md, env) {
    _defineProperty(this, "tokens", []);
    _defineProperty(this, "inlineMode", false);
    _defineProperty(this, "Token", Token);
    this.src = src;
    this.env = env;
    this.md = md;
  }
};
var UNNORMALIZED_NEWLINE_RE = /\r\n?/g;
var NULL_RE = /\0/g;
function normalize(state) {
  let str;
  str = state.src.replace(UNNORMALIZED_NEWLINE_RE, "\n");
  str = str.replace(NULL_RE, "\uFFFD");
  state.src = str;
}
function block(state) {
  let token;
  if (state.inlineMode) {
    token = new state.Token("inline", "", 0);
    token.content = state.src;
    token.map = [0, 1];
    token.children = [];
    state.tokens.push(token);
  } else state.md.block.parse(state.src, state.md, state.env, state.tokens);
}
function strip_references(state) {
  const tokens = state.tokens;
  let last = 0;
  for (let curr = 0; curr < tokens.length; curr++) {
    if (tokens[curr].type === "reference_definition") continue;
    if (curr !== last) tokens[last] = tokens[curr];
    last++;
  }
  if (tokens.length !== last) tokens.length = last;
}
function inline(state) {
  const tokens = state.tokens;
  for (let i = 0, l = tokens.length; i < l; i++) {
    const tok = tokens[i];
    if (tok.type === "inline") state.md.inline.parse(tok.content, state.md, state.env, tok.children);
  }
}
function isLinkOpen$1(str) {
  return /^<a[>\s]/i.test(str);
}
function isLinkClose$1(str) {
  return /^<\/a\s*>/i.test(str);
}
function linkify$1(state) {
  const blockTokens = state.tokens;
  if (!state.md.options.linkify) return;
  for (let j = 0, l = blockTokens.length; j < l; j++) {
    if (blockTokens[j].type !== "inline" || !state.md.linkify.test(blockTokens[j].content)) continue;
    const tokens = blockTokens[j].children;
    const replacements = [];
    let htmlLinkLevel = 0;
    for (let i = tokens.length - 1; i >= 0; i--) {
      const currentToken = tokens[i];
      if (currentToken.type === "link_close") {
        i--;
        while (tokens[i].level !== currentToken.level && tokens[i].type !== "link_open") i--;
        continue;
      }
      if (currentToken.type === "html_inline") {
        if (isLinkOpen$1(currentToken.content) && htmlLinkLevel > 0) htmlLinkLevel--;
        if (isLinkClose$1(currentToken.content)) htmlLinkLevel++;
      }
      if (htmlLinkLevel > 0) continue;
      if (currentToken.type === "text" && state.md.linkify.test(currentToken.content)) {
        const text3 = currentToken.content;
        let links = state.md.linkify.match(text3);
        const nodes = [];
        let level = currentToken.level;
        let lastPos = 0;
        if (links.length > 0 && links[0].index === 0 && i > 0 && tokens[i - 1].type === "text_special") links = links.slice(1);
        for (let ln = 0; ln < links.length; ln++) {
          const url = links[ln].url;
          const fullUrl = state.md.normalizeLink(url);
          if (!state.md.validateLink(fullUrl)) continue;
          let urlText = links[ln].text;
          if (!links[ln].schema) urlText = state.md.normalizeLinkText(`http://${urlText}`).replace(/^http:\/\//, "");
          else if (links[ln].schema === "mailto:" && !/^mailto:/i.test(urlText)) urlText = state.md.normalizeLinkText(`mailto:${urlText}`).replace(/^mailto:/, "");
          else urlText = state.md.normalizeLinkText(urlText);
          const pos = links[ln].index;
          if (pos > lastPos) {
            const token = new state.Token("text", "", 0);
            token.content = text3.slice(lastPos, pos);
            token.level = level;
            nodes.push(token);
          }
          const token_o = new state.Token("link_open", "a", 1);
          token_o.attrs = [["href", fullUrl]];
          token_o.level = level++;
          token_o.markup = "linkify";
          token_o.info = "auto";
          nodes.push(token_o);
          const token_t = new state.Token("text", "", 0);
          token_t.content = urlText;
          token_t.level = level;
          nodes.push(token_t);
          const token_c = new state.Token("link_close", "a", -1);
          token_c.level = --level;
          token_c.markup = "linkify";
          token_c.info = "auto";
          nodes.push(token_c);
          lastPos = links[ln].lastIndex;
        }
        if (lastPos < text3.length) {
          const token = new state.Token("text", "", 0);
          token.content = text3.slice(lastPos);
          token.level = level;
          nodes.push(token);
        }
        replacements.push({
          index: i,
          nodes
        });
      }
    }
    if (replacements.length > 0) {
      let newTokensLength = tokens.length;
      for (const replacement of replacements) newTokensLength += replacement.nodes.length - 1;
      const newTokens = new Array(newTokensLength);
      let replacementIndex = 0;
      let newTokenIndex = 0;
      replacements.reverse();
      for (let i = 0; i < tokens.length; i++) {
        const replacement = replacements[replacementIndex];
        if ((replacement === null || replacement === void 0 ? void 0 : replacement.index) === i) {
          for (const node of replacement.nodes) newTokens[newTokenIndex++] = node;
          replacementIndex++;
        } else newTokens[newTokenIndex++] = tokens[i];
      }
      blockTokens[j].children = newTokens;
    }
  }
}
var RARE_RE = /\+-|\.\.|\?\?\?\?|!!!!|,,|--/;
var SCOPED_ABBR_TEST_RE = /\((c|tm|r)\)/i;
var SCOPED_ABBR_RE = /\((c|tm|r)\)/gi;
var SCOPED_ABBR = {
  c: "\xA9",
  r: "\xAE",
  tm: "\u2122"
};
function replaceFn(match, name) {
  return SCOPED_ABBR[name.toLowerCase()];
}
function replace_scoped(inlineTokens) {
  let inside_autolink = 0;
  for (let i = inlineTokens.length - 1; i >= 0; i--) {
    const token = inlineTokens[i];
    if (token.type === "text" && !inside_autolink) token.content = token.content.replace(SCOPED_ABBR_RE, replaceFn);
    if (token.type === "link_open" && token.info === "auto") inside_autolink--;
    if (token.type === "link_close" && token.info === "auto") inside_autolink++;
  }
}
function replace_rare(inlineTokens) {
  let inside_autolink = 0;
  for (let i = inlineTokens.length - 1; i >= 0; i--) {
    const token = inlineTokens[i];
    if (token.type === "text" && !inside_autolink) {
      if (RARE_RE.test(token.content)) token.content = token.content.replace(/\+-/g, "\xB1").replace(/\.{2,}/g, "\u2026").replace(/([?!])…/g, "$1..").replace(/([?!]){4,}/g, "$1$1$1").replace(/,{2,}/g, ",").replace(/(^|[^-])---(?=[^-]|$)/gm, "$1\u2014").replace(/(^|\s)--(?=\s|$)/gm, "$1\u2013").replace(/(^|[^-\s])--(?=[^-\s]|$)/gm, "$1\u2013");
    }
    if (token.type === "link_open" && token.info === "auto") inside_autolink--;
    if (token.type === "link_close" && token.info === "auto") inside_autolink++;
  }
}
function replace(state) {
  let blkIdx;
  if (!state.md.options.typographer) return;
  for (blkIdx = state.tokens.length - 1; blkIdx >= 0; blkIdx--) {
    if (state.tokens[blkIdx].type !== "inline") continue;
    if (SCOPED_ABBR_TEST_RE.test(state.tokens[blkIdx].content)) replace_scoped(state.tokens[blkIdx].children);
    if (RARE_RE.test(state.tokens[blkIdx].content)) replace_rare(state.tokens[blkIdx].children);
  }
}
var QUOTE_TEST_RE = /['"]/;
var QUOTE_RE = /['"]/g;
var APOSTROPHE = "\u2019";
var MAX_OPENERS = 1e3;
function truncateStack(stack, heads, length) {
  while (stack.length > length) {
    const item = stack.pop();
    if (item.isSingleQuote) heads.single = item.prevSameQuoteIdx;
    else heads.double = item.prevSameQuoteIdx;
  }
}
function addReplacement(replacements, tokenIdx, pos, ch) {
  if (!replacements[tokenIdx]) replacements[tokenIdx] = [];
  replacements[tokenIdx].push({
    pos,
    ch
  });
}
function applyReplacements(str, replacements) {
  let result = "";
  let lastPos = 0;
  replacements.sort((a, b) => a.pos - b.pos);
  for (let i = 0; i < replacements.length; i++) {
    const replacement = replacements[i];
    result += str.slice(lastPos, replacement.pos) + replacement.ch;
    lastPos = replacement.pos + 1;
  }
  return result + str.slice(lastPos);
}
function process_inlines(tokens, state) {
  let j;
  const stack = [];
  const heads = {
    single: -1,
    double: -1
  };
  const replacements = {};
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const thisLevel = tokens[i].level;
    for (j = stack.length - 1; j >= 0; j--) if (stack[j].level <= thisLevel) break;
    truncateStack(stack, heads, j + 1);
    if (token.type !== "text") continue;
    const text3 = token.content;
    let pos = 0;
    const max = text3.length;
    OUTER: while (pos < max) {
      QUOTE_RE.lastIndex = pos;
      const t = QUOTE_RE.exec(text3);
      if (!t) break;
      let canOpen = true;
      let canClose = true;
      pos = t.index + 1;
      const isSingle = t[0] === "'";
      let lastChar = 32;
      if (t.index - 1 >= 0) lastChar = text3.charCodeAt(t.index - 1);
      else for (j = i - 1; j >= 0; j--) {
        if (tokens[j].type === "softbreak" || tokens[j].type === "hardbreak") break;
        if (!tokens[j].content) continue;
        lastChar = tokens[j].content.charCodeAt(tokens[j].content.length - 1);
        break;
      }
      let nextChar = 32;
      if (pos < max) nextChar = text3.charCodeAt(pos);
      else for (j = i + 1; j < tokens.length; j++) {
        if (tokens[j].type === "softbreak" || tokens[j].type === "hardbreak") break;
        if (!tokens[j].content) continue;
        nextChar = tokens[j].content.charCodeAt(0);
        break;
      }
      const isLastPunctChar = isMdAsciiPunct(lastChar) || isPunctCharCode(lastChar);
      const isNextPunctChar = isMdAsciiPunct(nextChar) || isPunctCharCode(nextChar);
      const isLastWhiteSpace = isWhiteSpace(lastChar);
      const isNextWhiteSpace = isWhiteSpace(nextChar);
      if (isNextWhiteSpace) canOpen = false;
      else if (isNextPunctChar) {
        if (!(isLastWhiteSpace || isLastPunctChar)) canOpen = false;
      }
      if (isLastWhiteSpace) canClose = false;
      else if (isLastPunctChar) {
        if (!(isNextWhiteSpace || isNextPunctChar)) canClose = false;
      }
      if (nextChar === 34 && t[0] === '"') {
        if (lastChar >= 48 && lastChar <= 57) canClose = canOpen = false;
      }
      if (canOpen && canClose) {
        canOpen = isLastPunctChar;
        canClose = isNextPunctChar;
      }
      if (!canOpen && !canClose) {
        if (isSingle) addReplacement(replacements, i, t.index, APOSTROPHE);
        continue;
      }
      if (canClose) {
        j = isSingle ? heads.single : heads.double;
        if (j >= 0 && stack[j].level === thisLevel) {
          const item = stack[j];
          let openQuote;
          let closeQuote;
          if (isSingle) {
            openQuote = state.md.options.quotes[2];
            closeQuote = state.md.options.quotes[3];
          } else {
            openQuote = state.md.options.quotes[0];
            closeQuote = state.md.options.quotes[1];
          }
          addReplacement(replacements, i, t.index, closeQuote);
          addReplacement(replacements, item.tokenIdx, item.contentPos, openQuote);
          truncateStack(stack, heads, j);
          continue OUTER;
        }
      }
      if (canOpen) {
        if (stack.length >= MAX_OPENERS) return;
        stack.push({
          tokenIdx: i,
          contentPos: t.index,
          isSingleQuote: isSingle,
          level: thisLevel,
          prevSameQuoteIdx: isSingle ? heads.single : heads.double
        });
        if (isSingle) heads.single = stack.length - 1;
        else heads.double = stack.length - 1;
      } else if (canClose && isSingle) addReplacement(replacements, i, t.index, APOSTROPHE);
    }
  }
  Object.keys(replacements).forEach(function(tokenIdx) {
    const idx = Number(tokenIdx);
    tokens[idx].content = applyReplacements(tokens[idx].content, replacements[tokenIdx]);
  });
}
function smartquotes(state) {
  if (!state.md.options.typographer) return;
  for (let blkIdx = state.tokens.length - 1; blkIdx >= 0; blkIdx--) {
    if (state.tokens[blkIdx].type !== "inline" || !QUOTE_TEST_RE.test(state.tokens[blkIdx].content)) continue;
    process_inlines(state.tokens[blkIdx].children, state);
  }
}
function join_alt(tokens) {
  let curr, last;
  const max = tokens.length;
  for (curr = 0; curr < max; curr++) if (tokens[curr].type === "text_special") tokens[curr].type = "text";
  for (curr = last = 0; curr < max; curr++) if (tokens[curr].type === "text" && curr + 1 < max && tokens[curr + 1].type === "text") tokens[curr + 1].content = tokens[curr].content + tokens[curr + 1].content;
  else {
    if (curr !== last) tokens[last] = tokens[curr];
    last++;
  }
  if (curr !== last) tokens.length = last;
}
function text_join(state) {
  let curr, last;
  const blockTokens = state.tokens;
  const l = blockTokens.length;
  for (let j = 0; j < l; j++) {
    if (blockTokens[j].type !== "inline") continue;
    const tokens = blockTokens[j].children;
    const max = tokens.length;
    for (curr = 0; curr < max; curr++) {
      if (tokens[curr].type === "text_special") tokens[curr].type = "text";
      if (tokens[curr].children) join_alt(tokens[curr].children);
    }
    for (curr = last = 0; curr < max; curr++) if (tokens[curr].type === "text" && curr + 1 < max && tokens[curr + 1].type === "text") tokens[curr + 1].content = tokens[curr].content + tokens[curr + 1].content;
    else {
      if (curr !== last) tokens[last] = tokens[curr];
      last++;
    }
    if (curr !== last) tokens.length = last;
  }
}
var _rules$2 = [
  ["normalize", normalize],
  ["block", block],
  ["strip_references", strip_references],
  ["inline", inline],
  ["linkify", linkify$1],
  ["replacements", replace],
  ["smartquotes", smartquotes],
  ["text_join", text_join]
];
var ParserCore = class {
  constructor() {
    _defineProperty(
      this,
      /**
      * {@link Ruler} instance. Keep configuration of core rules.
      */
      "ruler",
      new Ruler()
    );
    _defineProperty(this, "State", StateCore);
    for (let i = 0; i < _rules$2.length; i++) this.ruler.push(_rules$2[i][0], _rules$2[i][1]);
  }
  /**
  * Executes core chain rules.
  */
  process(state) {
    const rules = this.ruler.getRules("");
    for (let i = 0, l = rules.length; i < l; i++) rules[i](state);
  }
};
var StateBlock = class {
  constructor(src, md, env, tokens) {
    _defineProperty(this, "bMarks", []);
    _defineProperty(this, "eMarks", []);
    _defineProperty(this, "tShift", []);
    _defineProperty(this, "sCount", []);
    _defineProperty(this, "bsCount", []);
    _defineProperty(this, "blkIndent", 0);
    _defineProperty(this, "line", 0);
    _defineProperty(this, "lineMax", 0);
    _defineProperty(this, "tight", false);
    _defineProperty(this, "listIndent", -1);
    _defineProperty(this, "parentType", "root");
    _defineProperty(this, "level", 0);
    _defineProperty(this, "Token", Token);
    this.src = src;
    this.md = md;
    this.env = env;
    this.tokens = tokens;
    const s = this.src;
    for (let start = 0, pos = 0, indent = 0, offset = 0, len = s.length, indent_found = false; pos < len; pos++) {
      const ch = s.charCodeAt(pos);
      if (!indent_found) {
        if (isSpace(ch)) {
          indent++;
          if (ch === 9) offset += 4 - offset % 4;
          else offset++;
          continue;
        } else indent_found = true;
      }
      if (ch === 10 || pos === len - 1) {
        if (ch !== 10) pos++;
        this.bMarks.push(start);
        this.eMarks.push(pos);
        this.tShift.push(indent);
        this.sCount.push(offset);
        this.bsCount.push(0);
        indent_found = false;
        indent = 0;
        offset = 0;
        start = pos + 1;
      }
    }
    this.bMarks.push(s.length);
    this.eMarks.push(s.length);
    this.tShift.push(0);
    this.sCount.push(0);
    this.bsCount.push(0);
    this.lineMax = this.bMarks.length - 1;
  }
  push(type, tag, nesting) {
    const token = new Token(type, tag, nesting);
    token.block = true;
    if (nesting < 0) this.level--;
    token.level = this.level;
    if (nesting > 0) this.level++;
    this.tokens.push(token);
    return token;
  }
  isEmpty(line) {
    return this.bMarks[line] + this.tShift[line] >= this.eMarks[line];
  }
  skipEmptyLines(from) {
    for (let max = this.lineMax; from < max; from++) if (this.bMarks[from] + this.tShift[from] < this.eMarks[from]) break;
    return from;
  }
  skipSpaces(pos) {
    for (let max = this.src.length; pos < max; pos++) if (!isSpace(this.src.charCodeAt(pos))) break;
    return pos;
  }
  skipSpacesBack(pos, min) {
    if (pos <= min) return pos;
    while (pos > min) if (!isSpace(this.src.charCodeAt(--pos))) return pos + 1;
    return pos;
  }
  skipChars(pos, code3) {
    for (let max = this.src.length; pos < max; pos++) if (this.src.charCodeAt(pos) !== code3) break;
    return pos;
  }
  skipCharsBack(pos, code3, min) {
    if (pos <= min) return pos;
    while (pos > min) if (code3 !== this.src.charCodeAt(--pos)) return pos + 1;
    return pos;
  }
  getLines(begin, end, indent, keepLastLF) {
    if (begin >= end) return "";
    const queue = new Array(end - begin);
    for (let i = 0, line = begin; line < end; line++, i++) {
      let lineIndent = 0;
      const lineStart = this.bMarks[line];
      let first = lineStart;
      let last;
      if (line + 1 < end || keepLastLF) last = this.eMarks[line] + 1;
      else last = this.eMarks[line];
      while (first < last && lineIndent < indent) {
        const ch = this.src.charCodeAt(first);
        if (isSpace(ch)) {
          if (ch === 9) lineIndent += 4 - (lineIndent + this.bsCount[line]) % 4;
          else lineIndent++;
        } else if (first - lineStart < this.tShift[line]) lineIndent++;
        else break;
        first++;
      }
      if (lineIndent > indent) queue[i] = new Array(lineIndent - indent + 1).join(" ") + this.src.slice(first, last);
      else queue[i] = this.src.slice(first, last);
    }
    return queue.join("");
  }
};
var MAX_AUTOCOMPLETED_CELLS = 65536;
function getLine(state, line) {
  const pos = state.bMarks[line] + state.tShift[line];
  const max = state.eMarks[line];
  return state.src.slice(pos, max);
}
function escapedSplit(str) {
  const result = [];
  const max = str.length;
  let pos = 0;
  let ch = str.charCodeAt(pos);
  let isEscaped = false;
  let lastPos = 0;
  let current = "";
  while (pos < max) {
    if (ch === 124) {
      if (!isEscaped) {
        result.push(current + str.substring(lastPos, pos));
        current = "";
        lastPos = pos + 1;
      } else {
        current += str.substring(lastPos, pos - 1);
        lastPos = pos;
      }
    }
    isEscaped = ch === 92;
    pos++;
    ch = str.charCodeAt(pos);
  }
  result.push(current + str.substring(lastPos));
  return result;
}
function table(state, startLine, endLine, silent) {
  if (startLine + 2 > endLine) return false;
  let nextLine = startLine + 1;
  if (state.sCount[nextLine] < state.blkIndent) return false;
  if (state.sCount[nextLine] - state.blkIndent >= 4) return false;
  let pos = state.bMarks[nextLine] + state.tShift[nextLine];
  if (pos >= state.eMarks[nextLine]) return false;
  const firstCh = state.src.charCodeAt(pos++);
  if (firstCh !== 124 && firstCh !== 45 && firstCh !== 58) return false;
  if (pos >= state.eMarks[nextLine]) return false;
  const secondCh = state.src.charCodeAt(pos++);
  if (secondCh !== 124 && secondCh !== 45 && secondCh !== 58 && !isSpace(secondCh)) return false;
  if (firstCh === 45 && isSpace(secondCh)) return false;
  while (pos < state.eMarks[nextLine]) {
    const ch = state.src.charCodeAt(pos);
    if (ch !== 124 && ch !== 45 && ch !== 58 && !isSpace(ch)) return false;
    pos++;
  }
  let lineText = getLine(state, startLine + 1);
  let columns = lineText.split("|");
  const aligns = [];
  for (let i = 0; i < columns.length; i++) {
    const t = columns[i].trim();
    if (!t) {
      if (i === 0 || i === columns.length - 1) continue;
      else return false;
    }
    if (!/^:?-+:?$/.test(t)) return false;
    if (t.charCodeAt(t.length - 1) === 58) aligns.push(t.charCodeAt(0) === 58 ? "center" : "right");
    else if (t.charCodeAt(0) === 58) aligns.push("left");
    else aligns.push("");
  }
  lineText = getLine(state, startLine).trim();
  if (lineText.indexOf("|") === -1) return false;
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  columns = escapedSplit(lineText);
  if (columns.length && columns[0] === "") columns.shift();
  if (columns.length && columns[columns.length - 1] === "") columns.pop();
  const columnCount = columns.length;
  if (columnCount === 0 || columnCount !== aligns.length) return false;
  if (silent) return true;
  const oldParentType = state.parentType;
  state.parentType = "table";
  const terminatorRules = state.md.block.ruler.getRules("blockquote");
  const token_to = state.push("table_open", "table", 1);
  const tableLines = [startLine, 0];
  token_to.map = tableLines;
  const token_tho = state.push("thead_open", "thead", 1);
  token_tho.map = [startLine, startLine + 1];
  const token_htro = state.push("tr_open", "tr", 1);
  token_htro.map = [startLine, startLine + 1];
  for (let i = 0; i < columns.length; i++) {
    const token_ho = state.push("th_open", "th", 1);
    if (aligns[i]) token_ho.attrs = [["style", `text-align:${aligns[i]}`]];
    const token_il = state.push("inline", "", 0);
    token_il.content = columns[i].trim();
    token_il.children = [];
    state.push("th_close", "th", -1);
  }
  state.push("tr_close", "tr", -1);
  state.push("thead_close", "thead", -1);
  let tbodyLines;
  let autocompletedCells = 0;
  for (nextLine = startLine + 2; nextLine < endLine; nextLine++) {
    if (state.sCount[nextLine] < state.blkIndent) break;
    let terminate = false;
    for (let i = 0, l = terminatorRules.length; i < l; i++) if (terminatorRules[i](state, nextLine, endLine, true)) {
      terminate = true;
      break;
    }
    if (terminate) break;
    lineText = getLine(state, nextLine).trim();
    if (!lineText) break;
    if (state.sCount[nextLine] - state.blkIndent >= 4) break;
    columns = escapedSplit(lineText);
    if (columns.length && columns[0] === "") columns.shift();
    if (columns.length && columns[columns.length - 1] === "") columns.pop();
    autocompletedCells += columnCount - columns.length;
    if (autocompletedCells > MAX_AUTOCOMPLETED_CELLS) break;
    if (nextLine === startLine + 2) {
      const token_tbo = state.push("tbody_open", "tbody", 1);
      token_tbo.map = tbodyLines = [startLine + 2, 0];
    }
    const token_tro = state.push("tr_open", "tr", 1);
    token_tro.map = [nextLine, nextLine + 1];
    for (let i = 0; i < columnCount; i++) {
      const token_tdo = state.push("td_open", "td", 1);
      if (aligns[i]) token_tdo.attrs = [["style", `text-align:${aligns[i]}`]];
      const token_il = state.push("inline", "", 0);
      token_il.content = columns[i] ? columns[i].trim() : "";
      token_il.children = [];
      state.push("td_close", "td", -1);
    }
    state.push("tr_close", "tr", -1);
  }
  if (tbodyLines) {
    state.push("tbody_close", "tbody", -1);
    tbodyLines[1] = nextLine;
  }
  state.push("table_close", "table", -1);
  tableLines[1] = nextLine;
  state.parentType = oldParentType;
  state.line = nextLine;
  return true;
}
function code2(state, startLine, endLine) {
  if (state.sCount[startLine] - state.blkIndent < 4) return false;
  let nextLine = startLine + 1;
  let last = nextLine;
  while (nextLine < endLine) {
    if (state.isEmpty(nextLine)) {
      nextLine++;
      continue;
    }
    if (state.sCount[nextLine] - state.blkIndent >= 4) {
      nextLine++;
      last = nextLine;
      continue;
    }
    break;
  }
  state.line = last;
  const token = state.push("code_block", "code", 0);
  token.content = state.getLines(startLine, last, 4 + state.blkIndent, false) + "\n";
  token.map = [startLine, state.line];
  return true;
}
function fence(state, startLine, endLine, silent) {
  let pos = state.bMarks[startLine] + state.tShift[startLine];
  let max = state.eMarks[startLine];
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  if (pos + 3 > max) return false;
  const marker = state.src.charCodeAt(pos);
  if (marker !== 126 && marker !== 96) return false;
  let mem = pos;
  pos = state.skipChars(pos, marker);
  let len = pos - mem;
  if (len < 3) return false;
  const markup = state.src.slice(mem, pos);
  const params = state.src.slice(pos, max);
  if (marker === 96) {
    if (params.indexOf(String.fromCharCode(marker)) >= 0) return false;
  }
  if (silent) return true;
  let nextLine = startLine;
  let haveEndMarker = false;
  for (; ; ) {
    nextLine++;
    if (nextLine >= endLine) break;
    pos = mem = state.bMarks[nextLine] + state.tShift[nextLine];
    max = state.eMarks[nextLine];
    if (pos < max && state.sCount[nextLine] < state.blkIndent) break;
    if (state.src.charCodeAt(pos) !== marker) continue;
    if (state.sCount[nextLine] - state.blkIndent >= 4) continue;
    pos = state.skipChars(pos, marker);
    if (pos - mem < len) continue;
    pos = state.skipSpaces(pos);
    if (pos < max) continue;
    haveEndMarker = true;
    break;
  }
  len = state.sCount[startLine];
  state.line = nextLine + (haveEndMarker ? 1 : 0);
  const token = state.push("fence", "code", 0);
  token.info = params;
  token.content = state.getLines(startLine + 1, nextLine, len, true);
  token.markup = markup;
  token.map = [startLine, state.line];
  return true;
}
function blockquote(state, startLine, endLine, silent) {
  let pos = state.bMarks[startLine] + state.tShift[startLine];
  let max = state.eMarks[startLine];
  const oldLineMax = state.lineMax;
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  if (state.src.charCodeAt(pos) !== 62) return false;
  if (silent) return true;
  const oldBMarks = [];
  const oldBSCount = [];
  const oldSCount = [];
  const oldTShift = [];
  const terminatorRules = state.md.block.ruler.getRules("blockquote");
  const oldParentType = state.parentType;
  state.parentType = "blockquote";
  let lastLineEmpty = false;
  let nextLine;
  for (nextLine = startLine; nextLine < endLine; nextLine++) {
    const isOutdented = state.sCount[nextLine] < state.blkIndent;
    pos = state.bMarks[nextLine] + state.tShift[nextLine];
    max = state.eMarks[nextLine];
    if (pos >= max) break;
    if (state.src.charCodeAt(pos++) === 62 && !isOutdented) {
      let initial = state.sCount[nextLine] + 1;
      let spaceAfterMarker;
      let adjustTab;
      if (state.src.charCodeAt(pos) === 32) {
        pos++;
        initial++;
        adjustTab = false;
        spaceAfterMarker = true;
      } else if (state.src.charCodeAt(pos) === 9) {
        spaceAfterMarker = true;
        if ((state.bsCount[nextLine] + initial) % 4 === 3) {
          pos++;
          initial++;
          adjustTab = false;
        } else adjustTab = true;
      } else spaceAfterMarker = false;
      let offset = initial;
      oldBMarks.push(state.bMarks[nextLine]);
      state.bMarks[nextLine] = pos;
      while (pos < max) {
        const ch = state.src.charCodeAt(pos);
        if (isSpace(ch)) {
          if (ch === 9) offset += 4 - (offset + state.bsCount[nextLine] + (adjustTab ? 1 : 0)) % 4;
          else offset++;
        } else break;
        pos++;
      }
      lastLineEmpty = pos >= max;
      oldBSCount.push(state.bsCount[nextLine]);
      state.bsCount[nextLine] = state.sCount[nextLine] + 1 + (spaceAfterMarker ? 1 : 0);
      oldSCount.push(state.sCount[nextLine]);
      state.sCount[nextLine] = offset - initial;
      oldTShift.push(state.tShift[nextLine]);
      state.tShift[nextLine] = pos - state.bMarks[nextLine];
      continue;
    }
    if (lastLineEmpty) break;
    let terminate = false;
    for (let i = 0, l = terminatorRules.length; i < l; i++) if (terminatorRules[i](state, nextLine, endLine, true)) {
      terminate = true;
      break;
    }
    if (terminate) {
      state.lineMax = nextLine;
      if (state.blkIndent !== 0) {
        oldBMarks.push(state.bMarks[nextLine]);
        oldBSCount.push(state.bsCount[nextLine]);
        oldTShift.push(state.tShift[nextLine]);
        oldSCount.push(state.sCount[nextLine]);
        state.sCount[nextLine] -= state.blkIndent;
      }
      break;
    }
    oldBMarks.push(state.bMarks[nextLine]);
    oldBSCount.push(state.bsCount[nextLine]);
    oldTShift.push(state.tShift[nextLine]);
    oldSCount.push(state.sCount[nextLine]);
    state.sCount[nextLine] = -1;
  }
  const oldIndent = state.blkIndent;
  state.blkIndent = 0;
  const token_o = state.push("blockquote_open", "blockquote", 1);
  token_o.markup = ">";
  const lines = [startLine, 0];
  token_o.map = lines;
  state.md.block.tokenize(state, startLine, nextLine);
  const token_c = state.push("blockquote_close", "blockquote", -1);
  token_c.markup = ">";
  state.lineMax = oldLineMax;
  state.parentType = oldParentType;
  lines[1] = state.line;
  for (let i = 0; i < oldTShift.length; i++) {
    state.bMarks[i + startLine] = oldBMarks[i];
    state.tShift[i + startLine] = oldTShift[i];
    state.sCount[i + startLine] = oldSCount[i];
    state.bsCount[i + startLine] = oldBSCount[i];
  }
  state.blkIndent = oldIndent;
  return true;
}
function hr(state, startLine, endLine, silent) {
  const max = state.eMarks[startLine];
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  let pos = state.bMarks[startLine] + state.tShift[startLine];
  const marker = state.src.charCodeAt(pos++);
  if (marker !== 42 && marker !== 45 && marker !== 95) return false;
  let cnt = 1;
  while (pos < max) {
    const ch = state.src.charCodeAt(pos++);
    if (ch !== marker && !isSpace(ch)) return false;
    if (ch === marker) cnt++;
  }
  if (cnt < 3) return false;
  if (silent) return true;
  state.line = startLine + 1;
  const token = state.push("hr", "hr", 0);
  token.map = [startLine, state.line];
  token.markup = Array(cnt + 1).join(String.fromCharCode(marker));
  return true;
}
function skipBulletListMarker(state, startLine) {
  const max = state.eMarks[startLine];
  let pos = state.bMarks[startLine] + state.tShift[startLine];
  const marker = state.src.charCodeAt(pos++);
  if (marker !== 42 && marker !== 45 && marker !== 43) return -1;
  if (pos < max) {
    if (!isSpace(state.src.charCodeAt(pos))) return -1;
  }
  return pos;
}
function skipOrderedListMarker(state, startLine) {
  const start = state.bMarks[startLine] + state.tShift[startLine];
  const max = state.eMarks[startLine];
  let pos = start;
  if (pos + 1 >= max) return -1;
  let ch = state.src.charCodeAt(pos++);
  if (ch < 48 || ch > 57) return -1;
  for (; ; ) {
    if (pos >= max) return -1;
    ch = state.src.charCodeAt(pos++);
    if (ch >= 48 && ch <= 57) {
      if (pos - start >= 10) return -1;
      continue;
    }
    if (ch === 41 || ch === 46) break;
    return -1;
  }
  if (pos < max) {
    ch = state.src.charCodeAt(pos);
    if (!isSpace(ch)) return -1;
  }
  return pos;
}
function markTightParagraphs(state, idx) {
  const level = state.level + 2;
  for (let i = idx + 2, l = state.tokens.length - 2; i < l; i++) if (state.tokens[i].level === level && state.tokens[i].type === "paragraph_open") {
    state.tokens[i + 2].hidden = true;
    state.tokens[i].hidden = true;
    i += 2;
  }
}
function list(state, startLine, endLine, silent) {
  let max, pos, start, token;
  let nextLine = startLine;
  let tight = true;
  if (state.sCount[nextLine] - state.blkIndent >= 4) return false;
  if (state.listIndent >= 0 && state.sCount[nextLine] - state.listIndent >= 4 && state.sCount[nextLine] < state.blkIndent) return false;
  let isTerminatingParagraph = false;
  if (silent && state.parentType === "paragraph") {
    if (state.sCount[nextLine] >= state.blkIndent) isTerminatingParagraph = true;
  }
  let isOrdered;
  let markerValue;
  let posAfterMarker;
  if ((posAfterMarker = skipOrderedListMarker(state, nextLine)) >= 0) {
    isOrdered = true;
    start = state.bMarks[nextLine] + state.tShift[nextLine];
    markerValue = Number(state.src.slice(start, posAfterMarker - 1));
    if (isTerminatingParagraph && markerValue !== 1) return false;
  } else if ((posAfterMarker = skipBulletListMarker(state, nextLine)) >= 0) isOrdered = false;
  else return false;
  if (isTerminatingParagraph) {
    if (state.skipSpaces(posAfterMarker) >= state.eMarks[nextLine]) return false;
  }
  if (silent) return true;
  const markerCharCode = state.src.charCodeAt(posAfterMarker - 1);
  const listTokIdx = state.tokens.length;
  if (isOrdered) {
    token = state.push("ordered_list_open", "ol", 1);
    if (markerValue !== 1) token.attrs = [["start", markerValue]];
  } else token = state.push("bullet_list_open", "ul", 1);
  const listLines = [nextLine, 0];
  token.map = listLines;
  token.markup = String.fromCharCode(markerCharCode);
  let prevEmptyEnd = false;
  const terminatorRules = state.md.block.ruler.getRules("list");
  const oldParentType = state.parentType;
  state.parentType = "list";
  while (nextLine < endLine) {
    pos = posAfterMarker;
    max = state.eMarks[nextLine];
    const initial = state.sCount[nextLine] + posAfterMarker - (state.bMarks[nextLine] + state.tShift[nextLine]);
    let offset = initial;
    while (pos < max) {
      const ch = state.src.charCodeAt(pos);
      if (ch === 9) offset += 4 - (offset + state.bsCount[nextLine]) % 4;
      else if (ch === 32) offset++;
      else break;
      pos++;
    }
    const contentStart = pos;
    let indentAfterMarker;
    if (contentStart >= max) indentAfterMarker = 1;
    else indentAfterMarker = offset - initial;
    if (indentAfterMarker > 4) indentAfterMarker = 1;
    const indent = initial + indentAfterMarker;
    token = state.push("list_item_open", "li", 1);
    token.markup = String.fromCharCode(markerCharCode);
    const itemLines = [nextLine, 0];
    token.map = itemLines;
    if (isOrdered) token.info = state.src.slice(start, posAfterMarker - 1);
    const oldTight = state.tight;
    const oldTShift = state.tShift[nextLine];
    const oldSCount = state.sCount[nextLine];
    const oldListIndent = state.listIndent;
    state.listIndent = state.blkIndent;
    state.blkIndent = indent;
    state.tight = true;
    state.tShift[nextLine] = contentStart - state.bMarks[nextLine];
    state.sCount[nextLine] = offset;
    if (contentStart >= max && state.isEmpty(nextLine + 1)) state.line = Math.min(state.line + 2, endLine);
    else state.md.block.tokenize(state, nextLine, endLine);
    if (!state.tight || prevEmptyEnd) tight = false;
    prevEmptyEnd = state.line - nextLine > 1 && state.isEmpty(state.line - 1);
    state.blkIndent = state.listIndent;
    state.listIndent = oldListIndent;
    state.tShift[nextLine] = oldTShift;
    state.sCount[nextLine] = oldSCount;
    state.tight = oldTight;
    token = state.push("list_item_close", "li", -1);
    token.markup = String.fromCharCode(markerCharCode);
    nextLine = state.line;
    itemLines[1] = nextLine;
    if (nextLine >= endLine) break;
    if (state.sCount[nextLine] < state.blkIndent) break;
    if (state.sCount[nextLine] - state.blkIndent >= 4) break;
    let terminate = false;
    for (let i = 0, l = terminatorRules.length; i < l; i++) if (terminatorRules[i](state, nextLine, endLine, true)) {
      terminate = true;
      break;
    }
    if (terminate) break;
    if (isOrdered) {
      posAfterMarker = skipOrderedListMarker(state, nextLine);
      if (posAfterMarker < 0) break;
      start = state.bMarks[nextLine] + state.tShift[nextLine];
    } else {
      posAfterMarker = skipBulletListMarker(state, nextLine);
      if (posAfterMarker < 0) break;
    }
    if (markerCharCode !== state.src.charCodeAt(posAfterMarker - 1)) break;
  }
  if (isOrdered) token = state.push("ordered_list_close", "ol", -1);
  else token = state.push("bullet_list_close", "ul", -1);
  token.markup = String.fromCharCode(markerCharCode);
  listLines[1] = nextLine;
  state.line = nextLine;
  state.parentType = oldParentType;
  if (tight) markTightParagraphs(state, listTokIdx);
  return true;
}
var MAX_LABEL_LENGTH = 999;
function countCodePoints(str) {
  let length = str.length;
  for (let i = 0; i < str.length - 1; i++) {
    const high = str.charCodeAt(i);
    if (high < 55296 || high > 56319) continue;
    const low = str.charCodeAt(i + 1);
    if (low >= 56320 && low <= 57343) {
      length--;
      i++;
    }
  }
  return length;
}
function lineEnd(state, line) {
  return Math.min(state.eMarks[line] + 1, state.src.length);
}
function getNextLinePos(state, nextLine) {
  const endLine = state.lineMax;
  if (nextLine >= endLine || state.isEmpty(nextLine)) return -1;
  let isContinuation = false;
  if (state.sCount[nextLine] - state.blkIndent > 3) isContinuation = true;
  if (state.sCount[nextLine] < 0) isContinuation = true;
  if (!isContinuation) {
    const terminatorRules = state.md.block.ruler.getRules("reference");
    const oldParentType = state.parentType;
    state.parentType = "reference";
    let terminate = false;
    for (let i = 0, l = terminatorRules.length; i < l; i++) if (terminatorRules[i](state, nextLine, endLine, true)) {
      terminate = true;
      break;
    }
    state.parentType = oldParentType;
    if (terminate) return -1;
  }
  return state.bMarks[nextLine] + state.tShift[nextLine];
}
function reference(state, startLine, _endLine, silent) {
  const src = state.src;
  let pos = state.bMarks[startLine] + state.tShift[startLine];
  let nextLine = startLine + 1;
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  if (src.charCodeAt(pos) !== 91) return false;
  let max = lineEnd(state, startLine);
  let rawLabel = "";
  let labelEnd = -1;
  let segmentStart = ++pos;
  while (pos < max) {
    if (rawLabel.length + pos - segmentStart > MAX_LABEL_LENGTH * 2) return false;
    let ch = src.charCodeAt(pos);
    if (ch === 91) return false;
    if (ch === 93) {
      labelEnd = pos;
      break;
    }
    if (ch === 92) ch = src.charCodeAt(++pos);
    if (ch === 10 && pos < max) {
      const nextPos = getNextLinePos(state, nextLine);
      if (nextPos < 0) return false;
      rawLabel += src.slice(segmentStart, max);
      pos = segmentStart = nextPos;
      max = lineEnd(state, nextLine++);
      continue;
    }
    pos++;
  }
  if (labelEnd < 0 || src.charCodeAt(labelEnd + 1) !== 58) return false;
  rawLabel += src.slice(segmentStart, labelEnd);
  if (rawLabel.length > MAX_LABEL_LENGTH && countCodePoints(rawLabel) > MAX_LABEL_LENGTH) return false;
  pos = labelEnd + 2;
  while (pos < max) {
    const ch = src.charCodeAt(pos);
    if (ch === 10) {
      const nextPos = getNextLinePos(state, nextLine);
      if (nextPos < 0) break;
      pos = nextPos;
      max = lineEnd(state, nextLine++);
    } else if (isSpace(ch)) pos++;
    else break;
  }
  const destRes = state.md.helpers.parseLinkDestination(src, pos, max);
  if (!destRes.ok) return false;
  const href = state.md.normalizeLink(destRes.str);
  if (!state.md.validateLink(href)) return false;
  pos = destRes.pos;
  const destEndPos = pos;
  const destEndMax = max;
  const destEndLineNo = nextLine;
  while (pos < max) {
    const ch = src.charCodeAt(pos);
    if (ch === 10) {
      const nextPos = getNextLinePos(state, nextLine);
      if (nextPos < 0) break;
      pos = nextPos;
      max = lineEnd(state, nextLine++);
    } else if (isSpace(ch)) pos++;
    else break;
  }
  const titleStart = pos;
  let titleRes = state.md.helpers.parseLinkTitle(src, pos, max);
  while (titleRes.can_continue) {
    const nextPos = getNextLinePos(state, nextLine);
    if (nextPos < 0) break;
    pos = nextPos;
    max = lineEnd(state, nextLine++);
    titleRes = state.md.helpers.parseLinkTitle(src, pos, max, titleRes);
  }
  let title;
  if (titleStart !== destEndPos && titleRes.ok) {
    title = titleRes.str;
    pos = titleRes.pos;
  } else {
    title = "";
    pos = destEndPos;
    max = destEndMax;
    nextLine = destEndLineNo;
  }
  while (pos < max) {
    if (!isSpace(src.charCodeAt(pos))) break;
    pos++;
  }
  if (pos < max && src.charCodeAt(pos) !== 10) {
    if (title) {
      title = "";
      pos = destEndPos;
      max = destEndMax;
      nextLine = destEndLineNo;
      while (pos < max) {
        if (!isSpace(src.charCodeAt(pos))) break;
        pos++;
      }
    }
  }
  if (pos < max && src.charCodeAt(pos) !== 10) return false;
  const label = normalizeReference(rawLabel);
  if (!label) return false;
  if (silent) return true;
  if (typeof state.env.references === "undefined") state.env.references = {};
  if (typeof state.env.references[label] === "undefined") state.env.references[label] = {
    title,
    href
  };
  const token = state.push("reference_definition", "", 0);
  token.map = [startLine, nextLine];
  token.hidden = true;
  const meta = /* @__PURE__ */ Object.create(null);
  meta.label = label;
  token.meta = meta;
  state.line = nextLine;
  return true;
}
var html_blocks_default = [
  "address",
  "article",
  "aside",
  "base",
  "basefont",
  "blockquote",
  "body",
  "caption",
  "center",
  "col",
  "colgroup",
  "dd",
  "details",
  "dialog",
  "dir",
  "div",
  "dl",
  "dt",
  "fieldset",
  "figcaption",
  "figure",
  "footer",
  "form",
  "frame",
  "frameset",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "head",
  "header",
  "hr",
  "html",
  "iframe",
  "legend",
  "li",
  "link",
  "main",
  "menu",
  "menuitem",
  "nav",
  "noframes",
  "ol",
  "optgroup",
  "option",
  "p",
  "param",
  "search",
  "section",
  "summary",
  "table",
  "tbody",
  "td",
  "tfoot",
  "th",
  "thead",
  "title",
  "tr",
  "track",
  "ul"
];
var open_tag = `<[A-Za-z][A-Za-z0-9\\-]*(?:\\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\\s*=\\s*(?:[^"'=<>\`\\x00-\\x20]+|'[^']*'|"[^"]*"))?)*\\s*\\/?>`;
var close_tag = "<\\/[A-Za-z][A-Za-z0-9\\-]*\\s*>";
new RegExp(`^(?:${open_tag}|${close_tag}|<!---?>|<!--(?:[^-]|-[^-]|--[^>])*-->|<[?][\\s\\S]*?[?]>|<![A-Za-z][^>]*>|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>)`);
var HTML_OPEN_CLOSE_TAG_RE = new RegExp(`^(?:${open_tag}|${close_tag})`);
var HTML_SEQUENCES = [
  [
    /^<(script|pre|style|textarea)(?=(\s|>|$))/i,
    /<\/(script|pre|style|textarea)>/i,
    true
  ],
  [
    /^<!--/,
    /-->/,
    true
  ],
  [
    /^<\?/,
    /\?>/,
    true
  ],
  [
    /^<![A-Za-z]/,
    />/,
    true
  ],
  [
    /^<!\[CDATA\[/,
    /\]\]>/,
    true
  ],
  [
    new RegExp(`^</?(${html_blocks_default.join("|")})(?=(\\s|/?>|$))`, "i"),
    /^$/,
    true
  ],
  [
    new RegExp(`${HTML_OPEN_CLOSE_TAG_RE.source}\\s*$`),
    /^$/,
    false
  ]
];
function html_block(state, startLine, endLine, silent) {
  let pos = state.bMarks[startLine] + state.tShift[startLine];
  let max = state.eMarks[startLine];
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  if (!state.md.options.html) return false;
  if (state.src.charCodeAt(pos) !== 60) return false;
  let lineText = state.src.slice(pos, max);
  let i = 0;
  for (; i < HTML_SEQUENCES.length; i++) if (HTML_SEQUENCES[i][0].test(lineText)) break;
  if (i === HTML_SEQUENCES.length) return false;
  if (silent) return HTML_SEQUENCES[i][2];
  let nextLine = startLine + 1;
  const endsOnBlankLine = HTML_SEQUENCES[i][1].test("");
  if (!HTML_SEQUENCES[i][1].test(lineText)) for (; nextLine < endLine; nextLine++) {
    if (state.sCount[nextLine] < state.blkIndent) {
      if (endsOnBlankLine || !state.isEmpty(nextLine)) break;
    }
    pos = state.bMarks[nextLine] + state.tShift[nextLine];
    max = state.eMarks[nextLine];
    lineText = state.src.slice(pos, max);
    if (HTML_SEQUENCES[i][1].test(lineText)) {
      if (lineText.length !== 0) nextLine++;
      break;
    }
  }
  state.line = nextLine;
  const token = state.push("html_block", "", 0);
  token.map = [startLine, nextLine];
  token.content = state.getLines(startLine, nextLine, state.blkIndent, true);
  return true;
}
function heading(state, startLine, endLine, silent) {
  let pos = state.bMarks[startLine] + state.tShift[startLine];
  let max = state.eMarks[startLine];
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  let ch = state.src.charCodeAt(pos);
  if (ch !== 35 || pos >= max) return false;
  let level = 1;
  ch = state.src.charCodeAt(++pos);
  while (ch === 35 && pos < max && level <= 6) {
    level++;
    ch = state.src.charCodeAt(++pos);
  }
  if (level > 6 || pos < max && !isSpace(ch)) return false;
  if (silent) return true;
  max = state.skipSpacesBack(max, pos);
  const tmp = state.skipCharsBack(max, 35, pos);
  if (tmp > pos && isSpace(state.src.charCodeAt(tmp - 1))) max = tmp;
  state.line = startLine + 1;
  const token_o = state.push("heading_open", `h${level}`, 1);
  token_o.markup = "########".slice(0, level);
  token_o.map = [startLine, state.line];
  const token_i = state.push("inline", "", 0);
  token_i.content = asciiTrim(state.src.slice(pos, max));
  token_i.map = [startLine, state.line];
  token_i.children = [];
  const token_c = state.push("heading_close", `h${level}`, -1);
  token_c.markup = "########".slice(0, level);
  return true;
}
function lheading(state, startLine, endLine) {
  const terminatorRules = state.md.block.ruler.getRules("paragraph");
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  const oldParentType = state.parentType;
  state.parentType = "paragraph";
  let level = 0;
  let marker;
  let nextLine = startLine + 1;
  for (; nextLine < endLine && !state.isEmpty(nextLine); nextLine++) {
    if (state.sCount[nextLine] - state.blkIndent > 3) continue;
    if (state.sCount[nextLine] >= state.blkIndent) {
      let pos = state.bMarks[nextLine] + state.tShift[nextLine];
      const max = state.eMarks[nextLine];
      if (pos < max) {
        marker = state.src.charCodeAt(pos);
        if (marker === 45 || marker === 61) {
          pos = state.skipChars(pos, marker);
          pos = state.skipSpaces(pos);
          if (pos >= max) {
            level = marker === 61 ? 1 : 2;
            break;
          }
        }
      }
    }
    if (state.sCount[nextLine] < 0) continue;
    let terminate = false;
    for (let i = 0, l = terminatorRules.length; i < l; i++) if (terminatorRules[i](state, nextLine, endLine, true)) {
      terminate = true;
      break;
    }
    if (terminate) break;
  }
  if (!level) {
    state.parentType = oldParentType;
    return false;
  }
  const content = asciiTrim(state.getLines(startLine, nextLine, state.blkIndent, false));
  state.line = nextLine + 1;
  const token_o = state.push("heading_open", `h${level}`, 1);
  token_o.markup = String.fromCharCode(marker);
  token_o.map = [startLine, state.line];
  const token_i = state.push("inline", "", 0);
  token_i.content = content;
  token_i.map = [startLine, state.line - 1];
  token_i.children = [];
  const token_c = state.push("heading_close", `h${level}`, -1);
  token_c.markup = String.fromCharCode(marker);
  state.parentType = oldParentType;
  return true;
}
function paragraph(state, startLine, endLine) {
  const terminatorRules = state.md.block.ruler.getRules("paragraph");
  const oldParentType = state.parentType;
  let nextLine = startLine + 1;
  state.parentType = "paragraph";
  for (; nextLine < endLine && !state.isEmpty(nextLine); nextLine++) {
    if (state.sCount[nextLine] - state.blkIndent > 3) continue;
    if (state.sCount[nextLine] < 0) continue;
    let terminate = false;
    for (let i = 0, l = terminatorRules.length; i < l; i++) if (terminatorRules[i](state, nextLine, endLine, true)) {
      terminate = true;
      break;
    }
    if (terminate) break;
  }
  const content = asciiTrim(state.getLines(startLine, nextLine, state.blkIndent, false));
  state.line = nextLine;
  const token_o = state.push("paragraph_open", "p", 1);
  token_o.map = [startLine, state.line];
  const token_i = state.push("inline", "", 0);
  token_i.content = content;
  token_i.map = [startLine, state.line];
  token_i.children = [];
  state.push("paragraph_close", "p", -1);
  state.parentType = oldParentType;
  return true;
}
var _rules$1 = [
  [
    "table",
    table,
    ["paragraph", "reference"]
  ],
  ["code", code2],
  [
    "fence",
    fence,
    [
      "paragraph",
      "reference",
      "blockquote",
      "list"
    ]
  ],
  [
    "blockquote",
    blockquote,
    [
      "paragraph",
      "reference",
      "blockquote",
      "list"
    ]
  ],
  [
    "hr",
    hr,
    [
      "paragraph",
      "reference",
      "blockquote",
      "list"
    ]
  ],
  [
    "list",
    list,
    [
      "paragraph",
      "reference",
      "blockquote"
    ]
  ],
  ["reference", reference],
  [
    "html_block",
    html_block,
    [
      "paragraph",
      "reference",
      "blockquote"
    ]
  ],
  [
    "heading",
    heading,
    [
      "paragraph",
      "reference",
      "blockquote"
    ]
  ],
  ["lheading", lheading],
  ["paragraph", paragraph]
];
var ParserBlock = class {
  constructor() {
    _defineProperty(
      this,
      /**
      * {@link Ruler} instance. Keep configuration of block rules.
      */
      "ruler",
      new Ruler()
    );
    _defineProperty(this, "State", StateBlock);
    for (let i = 0; i < _rules$1.length; i++) this.ruler.push(_rules$1[i][0], _rules$1[i][1], { alt: (_rules$1[i][2] || []).slice() });
  }
  tokenize(state, startLine, endLine) {
    const rules = this.ruler.getRules("");
    const len = rules.length;
    const maxNesting = state.md.options.maxNesting;
    let line = startLine;
    let hasEmptyLines = false;
    while (line < endLine) {
      state.line = line = state.skipEmptyLines(line);
      if (line >= endLine) break;
      if (state.sCount[line] < state.blkIndent) break;
      if (state.level >= maxNesting) {
        state.line = endLine;
        break;
      }
      const prevLine = state.line;
      let ok = false;
      for (let i = 0; i < len; i++) {
        ok = rules[i](state, line, endLine, false);
        if (ok) {
          if (prevLine >= state.line) throw new Error("block rule didn't increment state.line");
          break;
        }
      }
      if (!ok) throw new Error("none of the block rules matched");
      state.tight = !hasEmptyLines;
      if (state.isEmpty(state.line - 1)) hasEmptyLines = true;
      line = state.line;
      if (line < endLine && state.isEmpty(line)) {
        hasEmptyLines = true;
        line++;
        state.line = line;
      }
    }
  }
  /**
  * Process input string and push block tokens into `outTokens`
  */
  parse(src, md, env, outTokens) {
    if (!src) return;
    const state = new this.State(src, md, env, outTokens);
    this.tokenize(state, state.line, state.lineMax);
  }
};
var StateInline = class {
  constructor(src, md, env, outTokens) {
    _defineProperty(this, "pos", 0);
    _defineProperty(this, "level", 0);
    _defineProperty(this, "pending", "");
    _defineProperty(this, "pendingLevel", 0);
    _defineProperty(this, "cache", {});
    _defineProperty(this, "backticks", {});
    _defineProperty(this, "backticksScanned", false);
    _defineProperty(this, "skipHtmlSpecial", false);
    _defineProperty(this, "linkLevel", 0);
    _defineProperty(this, "delimiters", []);
    _defineProperty(this, "_prev_delimiters", []);
    _defineProperty(this, "Token", Token);
    this.src = src;
    this.env = env;
    this.md = md;
    this.tokens = outTokens;
    this.tokens_meta = Array(outTokens.length);
    this.posMax = this.src.length;
  }
  pushPending() {
    const token = new Token("text", "", 0);
    token.content = this.pending;
    token.level = this.pendingLevel;
    this.tokens.push(token);
    this.pending = "";
    return token;
  }
  push(type, tag, nesting) {
    if (this.pending) this.pushPending();
    const token = new Token(type, tag, nesting);
    let token_meta = void 0;
    if (nesting < 0) {
      this.level--;
      this.delimiters = this._prev_delimiters.pop();
    }
    token.level = this.level;
    if (nesting > 0) {
      this.level++;
      this._prev_delimiters.push(this.delimiters);
      this.delimiters = [];
      token_meta = { delimiters: this.delimiters };
    }
    this.pendingLevel = this.level;
    this.tokens.push(token);
    this.tokens_meta.push(token_meta);
    return token;
  }
  scanDelims(start, canSplitWord) {
    const max = this.posMax;
    const marker = this.src.charCodeAt(start);
    let lastChar;
    if (start === 0) lastChar = 32;
    else if (start === 1) {
      lastChar = this.src.charCodeAt(0);
      if ((lastChar & 63488) === 55296) lastChar = 65533;
    } else {
      lastChar = this.src.charCodeAt(start - 1);
      if ((lastChar & 64512) === 56320) {
        const highSurr = this.src.charCodeAt(start - 2);
        lastChar = (highSurr & 64512) === 55296 ? 65536 + (highSurr - 55296 << 10) + (lastChar - 56320) : 65533;
      } else if ((lastChar & 64512) === 55296) lastChar = 65533;
    }
    let pos = start;
    while (pos < max && this.src.charCodeAt(pos) === marker) pos++;
    const count = pos - start;
    let nextChar = pos < max ? this.src.charCodeAt(pos) : 32;
    if ((nextChar & 64512) === 55296) {
      const lowSurr = this.src.charCodeAt(pos + 1);
      nextChar = (lowSurr & 64512) === 56320 ? 65536 + (nextChar - 55296 << 10) + (lowSurr - 56320) : 65533;
    } else if ((nextChar & 64512) === 56320) nextChar = 65533;
    const isLastPunctChar = isMdAsciiPunct(lastChar) || isPunctCharCode(lastChar);
    const isNextPunctChar = isMdAsciiPunct(nextChar) || isPunctCharCode(nextChar);
    const isLastWhiteSpace = isWhiteSpace(lastChar);
    const isNextWhiteSpace = isWhiteSpace(nextChar);
    const left_flanking = !isNextWhiteSpace && (!isNextPunctChar || isLastWhiteSpace || isLastPunctChar);
    const right_flanking = !isLastWhiteSpace && (!isLastPunctChar || isNextWhiteSpace || isNextPunctChar);
    return {
      can_open: left_flanking && (canSplitWord || !right_flanking || isLastPunctChar),
      can_close: right_flanking && (canSplitWord || !left_flanking || isNextPunctChar),
      length: count
    };
  }
};
function isTerminatorChar(ch) {
  switch (ch) {
    case 10:
    case 33:
    case 35:
    case 36:
    case 37:
    case 38:
    case 42:
    case 43:
    case 45:
    case 58:
    case 60:
    case 61:
    case 62:
    case 64:
    case 91:
    case 92:
    case 93:
    case 94:
    case 95:
    case 96:
    case 123:
    case 125:
    case 126:
      return true;
    default:
      return false;
  }
}
function text2(state, silent) {
  let pos = state.pos;
  while (pos < state.posMax && !isTerminatorChar(state.src.charCodeAt(pos))) pos++;
  if (pos === state.pos) return false;
  if (!silent) state.pending += state.src.slice(state.pos, pos);
  state.pos = pos;
  return true;
}
function isAsciiAlpha(code3) {
  return code3 >= 65 && code3 <= 90 || code3 >= 97 && code3 <= 122;
}
function isSchemeChar(code3) {
  return code3 >= 65 && code3 <= 90 || code3 >= 97 && code3 <= 122 || code3 >= 48 && code3 <= 57 || code3 === 43 || code3 === 45 || code3 === 46;
}
function linkify(state, silent) {
  if (!state.md.options.linkify) return false;
  if (state.linkLevel > 0) return false;
  const pos = state.pos;
  const max = state.posMax;
  if (pos + 3 > max) return false;
  if (state.src.charCodeAt(pos) !== 58) return false;
  if (state.src.charCodeAt(pos + 1) !== 47) return false;
  if (state.src.charCodeAt(pos + 2) !== 47) return false;
  const protoMin = pos - Math.min(10, state.pending.length, pos);
  let protoStart = pos;
  while (protoStart > protoMin && isSchemeChar(state.src.charCodeAt(protoStart - 1))) protoStart--;
  if (protoStart === pos || !isAsciiAlpha(state.src.charCodeAt(protoStart))) return false;
  const protoLength = pos - protoStart;
  const link2 = state.md.linkify.matchAtStart(state.src.slice(protoStart));
  if (!link2) return false;
  let url = link2.url;
  if (url.length <= protoLength) return false;
  let urlEnd = url.length;
  while (urlEnd > 0 && url.charCodeAt(urlEnd - 1) === 42) urlEnd--;
  if (urlEnd !== url.length) url = url.slice(0, urlEnd);
  const fullUrl = state.md.normalizeLink(url);
  if (!state.md.validateLink(fullUrl)) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -protoLength);
    const token_o = state.push("link_open", "a", 1);
    token_o.attrs = [["href", fullUrl]];
    token_o.markup = "linkify";
    token_o.info = "auto";
    const token_t = state.push("text", "", 0);
    token_t.content = state.md.normalizeLinkText(url);
    const token_c = state.push("link_close", "a", -1);
    token_c.markup = "linkify";
    token_c.info = "auto";
  }
  state.pos += url.length - protoLength;
  return true;
}
function newline(state, silent) {
  let pos = state.pos;
  if (state.src.charCodeAt(pos) !== 10) return false;
  const pmax = state.pending.length - 1;
  const max = state.posMax;
  if (!silent) {
    if (pmax >= 0 && state.pending.charCodeAt(pmax) === 32) {
      if (pmax >= 1 && state.pending.charCodeAt(pmax - 1) === 32) {
        let ws = pmax - 1;
        while (ws >= 1 && state.pending.charCodeAt(ws - 1) === 32) ws--;
        state.pending = state.pending.slice(0, ws);
        state.push("hardbreak", "br", 0);
      } else {
        state.pending = state.pending.slice(0, -1);
        state.push("softbreak", "br", 0);
      }
    } else state.push("softbreak", "br", 0);
  }
  pos++;
  while (pos < max && isSpace(state.src.charCodeAt(pos))) pos++;
  state.pos = pos;
  return true;
}
var ESCAPED = [];
for (let i = 0; i < 256; i++) ESCAPED.push(0);
"\\!\"#$%&'()*+,./:;<=>?@[]^_`{|}~-".split("").forEach(function(ch) {
  ESCAPED[ch.charCodeAt(0)] = 1;
});
function escape(state, silent) {
  let pos = state.pos;
  const max = state.posMax;
  if (state.src.charCodeAt(pos) !== 92) return false;
  pos++;
  if (pos >= max) return false;
  let ch1 = state.src.charCodeAt(pos);
  if (ch1 === 10) {
    if (!silent) state.push("hardbreak", "br", 0);
    pos++;
    while (pos < max) {
      ch1 = state.src.charCodeAt(pos);
      if (!isSpace(ch1)) break;
      pos++;
    }
    state.pos = pos;
    return true;
  }
  if (ch1 === 32) {
    if (!silent) {
      const token = state.push("text_special", "", 0);
      token.content = "\\";
      token.markup = "\\";
      token.info = "escape";
    }
    state.pos = pos;
    return true;
  }
  let escapedStr = state.src[pos];
  if (ch1 >= 55296 && ch1 <= 56319 && pos + 1 < max) {
    const ch2 = state.src.charCodeAt(pos + 1);
    if (ch2 >= 56320 && ch2 <= 57343) {
      escapedStr += state.src[pos + 1];
      pos++;
    }
  }
  const origStr = "\\" + escapedStr;
  if (!silent) {
    const token = state.push("text_special", "", 0);
    if (ch1 < 256 && ESCAPED[ch1] !== 0) token.content = escapedStr;
    else token.content = origStr;
    token.markup = origStr;
    token.info = "escape";
  }
  state.pos = pos + 1;
  return true;
}
function buildLastRuns(src) {
  const lastRuns = {};
  let pos = 0;
  while ((pos = src.indexOf("`", pos)) !== -1) {
    const start = pos;
    while (src.charCodeAt(++pos) === 96) ;
    lastRuns[pos - start] = start;
  }
  return lastRuns;
}
function backtick(state, silent) {
  var _state$backticks$open;
  const start = state.pos;
  if (state.src.charCodeAt(start) !== 96) return false;
  const max = state.posMax;
  let pos = start + 1;
  while (pos < max && state.src.charCodeAt(pos) === 96) pos++;
  const marker = state.src.slice(start, pos);
  const openerLength = marker.length;
  if (!state.backticksScanned) {
    state.backticks = buildLastRuns(state.src);
    state.backticksScanned = true;
  }
  if (((_state$backticks$open = state.backticks[openerLength]) !== null && _state$backticks$open !== void 0 ? _state$backticks$open : -1) >= pos) {
    let matchEnd = pos;
    let matchStart;
    while ((matchStart = state.src.indexOf("`", matchEnd)) !== -1 && matchStart < max) {
      matchEnd = matchStart + 1;
      while (state.src.charCodeAt(matchEnd) === 96) matchEnd++;
      if (matchEnd > max) break;
      if (matchEnd - matchStart === openerLength) {
        if (!silent) {
          const token = state.push("code_inline", "code", 0);
          token.markup = marker;
          let content = state.src.slice(pos, matchStart).replace(/\n/g, " ");
          if (content.startsWith(" ") && content.endsWith(" ") && /[^ ]/.test(content)) content = content.slice(1, -1);
          token.content = content;
        }
        state.pos = matchEnd;
        return true;
      }
    }
  }
  if (!silent) state.pending += marker;
  state.pos = pos;
  return true;
}
function strikethrough_tokenize(state, silent) {
  const start = state.pos;
  const marker = state.src.charCodeAt(start);
  if (silent) return false;
  if (marker !== 126) return false;
  const scanned = state.scanDelims(state.pos, true);
  let len = scanned.length;
  const ch = String.fromCharCode(marker);
  if (len < 2) return false;
  let token;
  if (len % 2) {
    token = state.push("text", "", 0);
    token.content = ch;
    len--;
  }
  for (let i = 0; i < len; i += 2) {
    token = state.push("text", "", 0);
    token.content = ch + ch;
    state.delimiters.push({
      marker,
      length: 0,
      token: state.tokens.length - 1,
      end: -1,
      open: scanned.can_open,
      close: scanned.can_close
    });
  }
  state.pos += scanned.length;
  return true;
}
function postProcess$1(state, delimiters) {
  let token;
  const loneMarkers = [];
  const max = delimiters.length;
  for (let i = 0; i < max; i++) {
    const startDelim = delimiters[i];
    if (startDelim.marker !== 126) continue;
    if (startDelim.end === -1) continue;
    const endDelim = delimiters[startDelim.end];
    token = state.tokens[startDelim.token];
    token.type = "s_open";
    token.tag = "s";
    token.nesting = 1;
    token.markup = "~~";
    token.content = "";
    token = state.tokens[endDelim.token];
    token.type = "s_close";
    token.tag = "s";
    token.nesting = -1;
    token.markup = "~~";
    token.content = "";
    if (state.tokens[endDelim.token - 1].type === "text" && state.tokens[endDelim.token - 1].content === "~") loneMarkers.push(endDelim.token - 1);
  }
  while (loneMarkers.length) {
    const i = loneMarkers.pop();
    let j = i + 1;
    while (j < state.tokens.length && state.tokens[j].type === "s_close") j++;
    j--;
    if (i !== j) {
      token = state.tokens[j];
      state.tokens[j] = state.tokens[i];
      state.tokens[i] = token;
    }
  }
}
function strikethrough_postProcess(state) {
  const tokens_meta = state.tokens_meta;
  const max = state.tokens_meta.length;
  postProcess$1(state, state.delimiters);
  for (let curr = 0; curr < max; curr++) {
    var _tokens_meta$curr;
    const delimiters = (_tokens_meta$curr = tokens_meta[curr]) === null || _tokens_meta$curr === void 0 ? void 0 : _tokens_meta$curr.delimiters;
    if (delimiters) postProcess$1(state, delimiters);
  }
}
var strikethrough_default = {
  tokenize: strikethrough_tokenize,
  postProcess: strikethrough_postProcess
};
function emphasis_tokenize(state, silent) {
  const start = state.pos;
  const marker = state.src.charCodeAt(start);
  if (silent) return false;
  if (marker !== 95 && marker !== 42) return false;
  const scanned = state.scanDelims(state.pos, marker === 42);
  for (let i = 0; i < scanned.length; i++) {
    const token = state.push("text", "", 0);
    token.content = String.fromCharCode(marker);
    state.delimiters.push({
      marker,
      length: scanned.length,
      token: state.tokens.length - 1,
      end: -1,
      open: scanned.can_open,
      close: scanned.can_close
    });
  }
  state.pos += scanned.length;
  return true;
}
function postProcess(state, delimiters) {
  const max = delimiters.length;
  for (let i = max - 1; i >= 0; i--) {
    const startDelim = delimiters[i];
    if (startDelim.marker !== 95 && startDelim.marker !== 42) continue;
    if (startDelim.end === -1) continue;
    const endDelim = delimiters[startDelim.end];
    const isStrong = i > 0 && delimiters[i - 1].end === startDelim.end + 1 && delimiters[i - 1].marker === startDelim.marker && delimiters[i - 1].token === startDelim.token - 1 && delimiters[startDelim.end + 1].token === endDelim.token + 1;
    const ch = String.fromCharCode(startDelim.marker);
    const token_o = state.tokens[startDelim.token];
    token_o.type = isStrong ? "strong_open" : "em_open";
    token_o.tag = isStrong ? "strong" : "em";
    token_o.nesting = 1;
    token_o.markup = isStrong ? ch + ch : ch;
    token_o.content = "";
    const token_c = state.tokens[endDelim.token];
    token_c.type = isStrong ? "strong_close" : "em_close";
    token_c.tag = isStrong ? "strong" : "em";
    token_c.nesting = -1;
    token_c.markup = isStrong ? ch + ch : ch;
    token_c.content = "";
    if (isStrong) {
      state.tokens[delimiters[i - 1].token].content = "";
      state.tokens[delimiters[startDelim.end + 1].token].content = "";
      i--;
    }
  }
}
function emphasis_post_process(state) {
  const tokens_meta = state.tokens_meta;
  const max = state.tokens_meta.length;
  postProcess(state, state.delimiters);
  for (let curr = 0; curr < max; curr++) {
    var _tokens_meta$curr;
    const delimiters = (_tokens_meta$curr = tokens_meta[curr]) === null || _tokens_meta$curr === void 0 ? void 0 : _tokens_meta$curr.delimiters;
    if (delimiters) postProcess(state, delimiters);
  }
}
var emphasis_default = {
  tokenize: emphasis_tokenize,
  postProcess: emphasis_post_process
};
function link(state, silent) {
  let code3, label, res, ref;
  let href = "";
  let title = "";
  let start = state.pos;
  let parseReference = true;
  if (state.src.charCodeAt(state.pos) !== 91) return false;
  const oldPos = state.pos;
  const max = state.posMax;
  const labelStart = state.pos + 1;
  const labelEnd = state.md.helpers.parseLinkLabel(state, state.pos, true);
  if (labelEnd < 0) return false;
  let pos = labelEnd + 1;
  if (pos < max && state.src.charCodeAt(pos) === 40) {
    parseReference = false;
    pos++;
    for (; pos < max; pos++) {
      code3 = state.src.charCodeAt(pos);
      if (!isSpace(code3) && code3 !== 10) break;
    }
    if (pos >= max) return false;
    start = pos;
    res = state.md.helpers.parseLinkDestination(state.src, pos, state.posMax);
    if (res.ok) {
      href = state.md.normalizeLink(res.str);
      if (state.md.validateLink(href)) pos = res.pos;
      else href = "";
      start = pos;
      for (; pos < max; pos++) {
        code3 = state.src.charCodeAt(pos);
        if (!isSpace(code3) && code3 !== 10) break;
      }
      res = state.md.helpers.parseLinkTitle(state.src, pos, state.posMax);
      if (pos < max && start !== pos && res.ok) {
        title = res.str;
        pos = res.pos;
        for (; pos < max; pos++) {
          code3 = state.src.charCodeAt(pos);
          if (!isSpace(code3) && code3 !== 10) break;
        }
      }
    }
    if (pos >= max || state.src.charCodeAt(pos) !== 41) parseReference = true;
    pos++;
  }
  if (parseReference) {
    if (typeof state.env.references === "undefined") return false;
    if (pos < max && state.src.charCodeAt(pos) === 91) {
      start = pos + 1;
      pos = state.md.helpers.parseLinkLabel(state, pos);
      if (pos >= 0) label = state.src.slice(start, pos++);
      else pos = labelEnd + 1;
    } else pos = labelEnd + 1;
    if (!label) label = state.src.slice(labelStart, labelEnd);
    label = normalizeReference(label);
    ref = state.env.references[label];
    if (!ref) {
      state.pos = oldPos;
      return false;
    }
    href = ref.href;
    title = ref.title;
  }
  if (!silent) {
    state.pos = labelStart;
    state.posMax = labelEnd;
    const token_o = state.push("link_open", "a", 1);
    const attrs = [["href", href]];
    token_o.attrs = attrs;
    if (title) attrs.push(["title", title]);
    if (label) {
      const meta = /* @__PURE__ */ Object.create(null);
      meta.label = label;
      token_o.meta = meta;
    }
    state.linkLevel++;
    state.md.inline.tokenize(state);
    state.linkLevel--;
    state.push("link_close", "a", -1);
  }
  state.pos = pos;
  state.posMax = max;
  return true;
}
function image(state, silent) {
  let code3, content, label, pos, ref, res, title, start;
  let href = "";
  const oldPos = state.pos;
  const max = state.posMax;
  if (state.src.charCodeAt(state.pos) !== 33) return false;
  if (state.src.charCodeAt(state.pos + 1) !== 91) return false;
  const labelStart = state.pos + 2;
  const labelEnd = state.md.helpers.parseLinkLabel(state, state.pos + 1, false);
  if (labelEnd < 0) return false;
  pos = labelEnd + 1;
  if (pos < max && state.src.charCodeAt(pos) === 40) {
    pos++;
    for (; pos < max; pos++) {
      code3 = state.src.charCodeAt(pos);
      if (!isSpace(code3) && code3 !== 10) break;
    }
    if (pos >= max) return false;
    start = pos;
    res = state.md.helpers.parseLinkDestination(state.src, pos, state.posMax);
    if (res.ok) {
      href = state.md.normalizeLink(res.str);
      if (state.md.validateLink(href)) pos = res.pos;
      else href = "";
    }
    start = pos;
    for (; pos < max; pos++) {
      code3 = state.src.charCodeAt(pos);
      if (!isSpace(code3) && code3 !== 10) break;
    }
    res = state.md.helpers.parseLinkTitle(state.src, pos, state.posMax);
    if (pos < max && start !== pos && res.ok) {
      title = res.str;
      pos = res.pos;
      for (; pos < max; pos++) {
        code3 = state.src.charCodeAt(pos);
        if (!isSpace(code3) && code3 !== 10) break;
      }
    } else title = "";
    if (pos >= max || state.src.charCodeAt(pos) !== 41) {
      state.pos = oldPos;
      return false;
    }
    pos++;
  } else {
    if (typeof state.env.references === "undefined") return false;
    if (pos < max && state.src.charCodeAt(pos) === 91) {
      start = pos + 1;
      pos = state.md.helpers.parseLinkLabel(state, pos);
      if (pos >= 0) label = state.src.slice(start, pos++);
      else pos = labelEnd + 1;
    } else pos = labelEnd + 1;
    if (!label) label = state.src.slice(labelStart, labelEnd);
    label = normalizeReference(label);
    ref = state.env.references[label];
    if (!ref) {
      state.pos = oldPos;
      return false;
    }
    href = ref.href;
    title = ref.title;
  }
  if (!silent) {
    content = state.src.slice(labelStart, labelEnd);
    const tokens = [];
    state.md.inline.parse(content, state.md, state.env, tokens);
    const token = state.push("image", "img", 0);
    const attrs = [["src", href], ["alt", ""]];
    token.attrs = attrs;
    token.children = tokens;
    token.content = content;
    if (title) attrs.push(["title", title]);
    if (label) {
      const meta = /* @__PURE__ */ Object.create(null);
      meta.label = label;
      token.meta = meta;
    }
  }
  state.pos = pos;
  state.posMax = max;
  return true;
}
var EMAIL_RE = /^([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)$/;
var AUTOLINK_RE = /^([a-zA-Z][a-zA-Z0-9+.-]{1,31}):([^<>\x00-\x20]*)$/;
function autolink(state, silent) {
  let pos = state.pos;
  if (state.src.charCodeAt(pos) !== 60) return false;
  const start = state.pos;
  const max = state.posMax;
  for (; ; ) {
    if (++pos >= max) return false;
    const ch = state.src.charCodeAt(pos);
    if (ch === 60) return false;
    if (ch === 62) break;
  }
  const url = state.src.slice(start + 1, pos);
  if (AUTOLINK_RE.test(url)) {
    const fullUrl = state.md.normalizeLink(url);
    if (!state.md.validateLink(fullUrl)) return false;
    if (!silent) {
      const token_o = state.push("link_open", "a", 1);
      token_o.attrs = [["href", fullUrl]];
      token_o.markup = "autolink";
      token_o.info = "auto";
      const token_t = state.push("text", "", 0);
      token_t.content = state.md.normalizeLinkText(url);
      const token_c = state.push("link_close", "a", -1);
      token_c.markup = "autolink";
      token_c.info = "auto";
    }
    state.pos += url.length + 2;
    return true;
  }
  if (EMAIL_RE.test(url)) {
    const fullUrl = state.md.normalizeLink(`mailto:${url}`);
    if (!state.md.validateLink(fullUrl)) return false;
    if (!silent) {
      const token_o = state.push("link_open", "a", 1);
      token_o.attrs = [["href", fullUrl]];
      token_o.markup = "autolink";
      token_o.info = "auto";
      const token_t = state.push("text", "", 0);
      token_t.content = state.md.normalizeLinkText(url);
      const token_c = state.push("link_close", "a", -1);
      token_c.markup = "autolink";
      token_c.info = "auto";
    }
    state.pos += url.length + 2;
    return true;
  }
  return false;
}
function isLinkOpen(str) {
  return /^<a[>\s]/i.test(str);
}
function isLinkClose(str) {
  return /^<\/a\s*>/i.test(str);
}
function isLetter(ch) {
  const lc = ch | 32;
  return lc >= 97 && lc <= 122;
}
function scanSpecial(state, pos) {
  const src = state.src;
  let start;
  let terminator;
  if (src.startsWith("<!--", pos)) {
    if (src.startsWith(">", pos + 4)) return pos + 5;
    if (src.startsWith("->", pos + 4)) return pos + 6;
    start = pos + 4;
    terminator = "-->";
  } else if (src.startsWith("<![CDATA[", pos)) {
    start = pos + 9;
    terminator = "]]>";
  } else if (src.charCodeAt(pos + 1) === 63) {
    start = pos + 2;
    terminator = "?>";
  } else if (isLetter(src.charCodeAt(pos + 2))) {
    start = pos + 3;
    terminator = ">";
  } else return -1;
  if (state.skipHtmlSpecial) return -1;
  const end = src.indexOf(terminator, start);
  if (end < 0) {
    state.skipHtmlSpecial = true;
    return -1;
  }
  return end + terminator.length;
}
function html_inline(state, silent) {
  if (!state.md.options.html) return false;
  const max = state.posMax;
  const pos = state.pos;
  if (state.src.charCodeAt(pos) !== 60 || pos + 2 >= max) return false;
  let end;
  const ch = state.src.charCodeAt(pos + 1);
  if (ch === 33 || ch === 63) end = scanSpecial(state, pos);
  else if (ch === 47 || isLetter(ch)) {
    const match = state.src.slice(pos).match(HTML_OPEN_CLOSE_TAG_RE);
    end = match ? pos + match[0].length : -1;
  } else return false;
  if (end < 0) return false;
  if (!silent) {
    const token = state.push("html_inline", "", 0);
    token.content = state.src.slice(pos, end);
    if (isLinkOpen(token.content)) state.linkLevel++;
    if (isLinkClose(token.content)) state.linkLevel--;
  }
  state.pos = end;
  return true;
}
var DIGITAL_RE = /^&#((?:x[a-f0-9]{1,6}|[0-9]{1,7}));/i;
var NAMED_RE = /^&([a-z][a-z0-9]{1,31});/i;
function entity(state, silent) {
  const pos = state.pos;
  const max = state.posMax;
  if (state.src.charCodeAt(pos) !== 38) return false;
  if (pos + 1 >= max) return false;
  if (state.src.charCodeAt(pos + 1) === 35) {
    const match = state.src.slice(pos).match(DIGITAL_RE);
    if (match) {
      if (!silent) {
        const code3 = match[1][0].toLowerCase() === "x" ? parseInt(match[1].slice(1), 16) : parseInt(match[1], 10);
        const token = state.push("text_special", "", 0);
        token.content = isValidEntityCode(code3) ? fromCodePoint(code3) : fromCodePoint(65533);
        token.markup = match[0];
        token.info = "entity";
      }
      state.pos += match[0].length;
      return true;
    }
  } else {
    const match = state.src.slice(pos).match(NAMED_RE);
    if (match) {
      const decoded = decodeHTMLStrict(match[0]);
      if (decoded !== match[0]) {
        if (!silent) {
          const token = state.push("text_special", "", 0);
          token.content = decoded;
          token.markup = match[0];
          token.info = "entity";
        }
        state.pos += match[0].length;
        return true;
      }
    }
  }
  return false;
}
function processDelimiters(delimiters) {
  const openersBottom = {};
  const max = delimiters.length;
  if (!max) return;
  let headerIdx = 0;
  let lastTokenIdx = -2;
  const jumps = [];
  for (let closerIdx = 0; closerIdx < max; closerIdx++) {
    const closer = delimiters[closerIdx];
    jumps.push(0);
    if (delimiters[headerIdx].marker !== closer.marker || lastTokenIdx !== closer.token - 1) headerIdx = closerIdx;
    lastTokenIdx = closer.token;
    closer.length = closer.length || 0;
    if (!closer.close) continue;
    if (!openersBottom.hasOwnProperty(closer.marker)) openersBottom[closer.marker] = [
      -1,
      -1,
      -1,
      -1,
      -1,
      -1
    ];
    const minOpenerIdx = openersBottom[closer.marker][(closer.open ? 3 : 0) + closer.length % 3];
    let openerIdx = headerIdx - jumps[headerIdx] - 1;
    let newMinOpenerIdx = openerIdx;
    for (; openerIdx > minOpenerIdx; openerIdx -= jumps[openerIdx] + 1) {
      const opener = delimiters[openerIdx];
      if (opener.marker !== closer.marker) continue;
      if (opener.open && opener.end < 0) {
        let isOddMatch = false;
        if (opener.close || closer.open) {
          if ((opener.length + closer.length) % 3 === 0) {
            if (opener.length % 3 !== 0 || closer.length % 3 !== 0) isOddMatch = true;
          }
        }
        if (!isOddMatch) {
          const lastJump = openerIdx > 0 && !delimiters[openerIdx - 1].open ? jumps[openerIdx - 1] + 1 : 0;
          jumps[closerIdx] = closerIdx - openerIdx + lastJump;
          jumps[openerIdx] = lastJump;
          closer.open = false;
          opener.end = closerIdx;
          opener.close = false;
          newMinOpenerIdx = -1;
          lastTokenIdx = -2;
          break;
        }
      }
    }
    if (newMinOpenerIdx !== -1) openersBottom[closer.marker][(closer.open ? 3 : 0) + (closer.length || 0) % 3] = newMinOpenerIdx;
  }
}
function link_pairs(state) {
  const tokens_meta = state.tokens_meta;
  const max = state.tokens_meta.length;
  processDelimiters(state.delimiters);
  for (let curr = 0; curr < max; curr++) {
    var _tokens_meta$curr;
    const delimiters = (_tokens_meta$curr = tokens_meta[curr]) === null || _tokens_meta$curr === void 0 ? void 0 : _tokens_meta$curr.delimiters;
    if (delimiters) processDelimiters(delimiters);
  }
}
function fragments_join(state) {
  let curr, last;
  let level = 0;
  const tokens = state.tokens;
  const max = state.tokens.length;
  for (curr = last = 0; curr < max; curr++) {
    if (tokens[curr].nesting < 0) level--;
    tokens[curr].level = level;
    if (tokens[curr].nesting > 0) level++;
    if (tokens[curr].type === "text" && curr + 1 < max && tokens[curr + 1].type === "text") tokens[curr + 1].content = tokens[curr].content + tokens[curr + 1].content;
    else {
      if (curr !== last) tokens[last] = tokens[curr];
      last++;
    }
  }
  if (curr !== last) tokens.length = last;
}
var _rules = [
  ["text", text2],
  ["linkify", linkify],
  ["newline", newline],
  ["escape", escape],
  ["backticks", backtick],
  ["strikethrough", strikethrough_default.tokenize],
  ["emphasis", emphasis_default.tokenize],
  ["link", link],
  ["image", image],
  ["autolink", autolink],
  ["html_inline", html_inline],
  ["entity", entity]
];
var _rules2 = [
  ["balance_pairs", link_pairs],
  ["strikethrough", strikethrough_default.postProcess],
  ["emphasis", emphasis_default.postProcess],
  ["fragments_join", fragments_join]
];
var ParserInline = class {
  constructor() {
    _defineProperty(
      this,
      /**
      * {@link Ruler} instance. Keep configuration of inline rules.
      */
      "ruler",
      new Ruler()
    );
    _defineProperty(
      this,
      /**
      * {@link Ruler} instance. Second ruler used for post-processing
      * (e.g. in emphasis-like rules).
      */
      "ruler2",
      new Ruler()
    );
    _defineProperty(this, "State", StateInline);
    for (let i = 0; i < _rules.length; i++) this.ruler.push(_rules[i][0], _rules[i][1]);
    for (let i = 0; i < _rules2.length; i++) this.ruler2.push(_rules2[i][0], _rules2[i][1]);
  }
  skipToken(state) {
    const pos = state.pos;
    const rules = this.ruler.getRules("");
    const len = rules.length;
    const maxNesting = state.md.options.maxNesting;
    const cache = state.cache;
    if (typeof cache[pos] !== "undefined") {
      state.pos = cache[pos];
      return;
    }
    let ok = false;
    if (state.level < maxNesting) for (let i = 0; i < len; i++) {
      state.level++;
      ok = rules[i](state, true);
      state.level--;
      if (ok) {
        if (pos >= state.pos) throw new Error("inline rule didn't increment state.pos");
        break;
      }
    }
    else state.pos = state.posMax;
    if (!ok) state.pos++;
    cache[pos] = state.pos;
  }
  tokenize(state) {
    const rules = this.ruler.getRules("");
    const len = rules.length;
    const end = state.posMax;
    const maxNesting = state.md.options.maxNesting;
    while (state.pos < end) {
      const prevPos = state.pos;
      let ok = false;
      if (state.level < maxNesting) for (let i = 0; i < len; i++) {
        ok = rules[i](state, false);
        if (ok) {
          if (prevPos >= state.pos) throw new Error("inline rule didn't increment state.pos");
          break;
        }
      }
      if (ok) {
        if (state.pos >= end) break;
        continue;
      }
      state.pending += state.src[state.pos++];
    }
    if (state.pending) state.pushPending();
  }
  /**
  * Process input string and push inline tokens into `outTokens`
  */
  parse(str, md, env, outTokens) {
    const state = new this.State(str, md, env, outTokens);
    this.tokenize(state);
    const rules = this.ruler2.getRules("");
    const len = rules.length;
    for (let i = 0; i < len; i++) rules[i](state);
  }
};
var config = {
  default: {
    options: {
      html: false,
      xhtmlOut: false,
      breaks: false,
      langPrefix: "language-",
      linkify: false,
      typographer: false,
      quotes: "\u201C\u201D\u2018\u2019",
      highlight: null,
      maxNesting: 100
    },
    components: {
      core: {},
      block: {},
      inline: {}
    }
  },
  zero: {
    options: {
      html: false,
      xhtmlOut: false,
      breaks: false,
      langPrefix: "language-",
      linkify: false,
      typographer: false,
      quotes: "\u201C\u201D\u2018\u2019",
      highlight: null,
      maxNesting: 20
    },
    components: {
      core: { rules: [
        "normalize",
        "block",
        "strip_references",
        "inline",
        "text_join"
      ] },
      block: { rules: ["paragraph"] },
      inline: {
        rules: ["text"],
        rules2: ["balance_pairs", "fragments_join"]
      }
    }
  },
  commonmark: {
    options: {
      html: true,
      xhtmlOut: true,
      breaks: false,
      langPrefix: "language-",
      linkify: false,
      typographer: false,
      quotes: "\u201C\u201D\u2018\u2019",
      highlight: null,
      maxNesting: 20
    },
    components: {
      core: { rules: [
        "normalize",
        "block",
        "strip_references",
        "inline",
        "text_join"
      ] },
      block: { rules: [
        "blockquote",
        "code",
        "fence",
        "heading",
        "hr",
        "html_block",
        "lheading",
        "list",
        "reference",
        "paragraph"
      ] },
      inline: {
        rules: [
          "autolink",
          "backticks",
          "emphasis",
          "entity",
          "escape",
          "html_inline",
          "image",
          "link",
          "newline",
          "text"
        ],
        rules2: [
          "balance_pairs",
          "emphasis",
          "fragments_join"
        ]
      }
    }
  }
};
var BAD_PROTO_RE = /^(vbscript|javascript|file|data):/;
var GOOD_DATA_RE = /^data:image\/(gif|png|jpeg|webp);/;
var RECODE_HOSTNAME_FOR = [
  "http:",
  "https:",
  "mailto:"
];
var MarkdownIt = class {
  /**
  * Link validation function. CommonMark allows too much in links. By default
  * we disable `javascript:`, `vbscript:`, `file:` schemas, and almost all `data:...` schemas
  * except some embedded image types.
  *
  * You can change this behaviour:
  *
  * @example
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  * const md = new MarkdownIt()
  *
  * // enable everything
  * md.validateLink = function () { return true; }
  * ```
  */
  validateLink(url) {
    const str = url.trim().toLowerCase();
    return BAD_PROTO_RE.test(str) ? GOOD_DATA_RE.test(str) : true;
  }
  /**
  * Function used to encode link url to a machine-readable format,
  * which includes url-encoding, punycode, etc.
  */
  normalizeLink(url) {
    const parsed = parse_default(url, true);
    if (parsed.hostname) {
      if (!parsed.protocol || RECODE_HOSTNAME_FOR.indexOf(parsed.protocol) >= 0) try {
        parsed.hostname = import_punycode.default.toASCII(parsed.hostname);
      } catch (er) {
      }
    }
    if (parsed.auth) parsed.auth = encode_default(parsed.auth);
    if (parsed.hostname) parsed.hostname = encode_default(parsed.hostname);
    if (parsed.pathname) parsed.pathname = encode_default(parsed.pathname);
    if (parsed.search) parsed.search = encode_default(parsed.search);
    if (parsed.hash) parsed.hash = encode_default(parsed.hash);
    return format(parsed);
  }
  /**
  * Function used to decode link url to a human-readable format`
  */
  normalizeLinkText(url) {
    const parsed = parse_default(url, true);
    if (parsed.hostname) {
      if (!parsed.protocol || RECODE_HOSTNAME_FOR.indexOf(parsed.protocol) >= 0) try {
        parsed.hostname = import_punycode.default.toUnicode(parsed.hostname);
      } catch (er) {
      }
    }
    return decode_default(format(parsed), decode_default.defaultChars + "%");
  }
  constructor(...args) {
    _defineProperty(
      this,
      /**
      * Instance of {@link ParserInline}. You may need it to add new rules when
      * writing plugins. For simple rules control use {@link MarkdownIt.disable}
      * and {@link MarkdownIt.enable}.
      */
      "inline",
      new ParserInline()
    );
    _defineProperty(
      this,
      /**
      * Instance of {@link ParserBlock}. You may need it to add new rules when
      * writing plugins. For simple rules control use {@link MarkdownIt.disable}
      * and {@link MarkdownIt.enable}.
      */
      "block",
      new ParserBlock()
    );
    _defineProperty(
      this,
      /**
      * Instance of {@link ParserCore} chain executor. You may need it to add new
      * rules when writing plugins. For simple rules control use
      * {@link MarkdownIt.disable} and {@link MarkdownIt.enable}.
      */
      "core",
      new ParserCore()
    );
    _defineProperty(
      this,
      /**
      * Instance of {@link Renderer}. Use it to modify output look. Or to add rendering
      * rules for new token types, generated by plugins.
      *
      * See {@link Renderer} docs and
      * [source code](https://github.com/markdown-it/markdown-it/blob/master/src/renderer.ts).
      *
      * @example
      * ```javascript
      * import MarkdownIt from 'markdown-it'
      * const md = new MarkdownIt()
      *
      * function myToken(tokens, idx, options, env, self) {
      *   //...
      *   return result;
      * };
      *
      * md.renderer.rules['my_token'] = myToken
      * ```
      */
      "renderer",
      new Renderer()
    );
    _defineProperty(
      this,
      /**
      * [linkify-it](https://github.com/markdown-it/linkify-it) instance.
      * Used by [linkify](https://github.com/markdown-it/markdown-it/blob/master/src/rules_core/linkify.ts)
      * rule.
      */
      "linkify",
      new LinkifyIt()
    );
    _defineProperty(
      this,
      /**
      * Assorted utility functions, useful to write plugins. See details
      * [here](https://github.com/markdown-it/markdown-it/blob/master/src/common/utils.ts).
      */
      "utils",
      utils_exports
    );
    _defineProperty(
      this,
      /**
      * Link components parser functions, useful to write plugins. See details
      * [here](https://github.com/markdown-it/markdown-it/blob/master/src/helpers).
      */
      "helpers",
      Object.assign({}, helpers_exports)
    );
    const [presetNameOrOptions, options2] = args;
    if (typeof presetNameOrOptions === "string") {
      this.configure(presetNameOrOptions);
      if (options2) this.set(options2);
    } else {
      this.configure("default");
      this.set(presetNameOrOptions || {});
    }
  }
  /**
  * Set parser options (in the same format as in constructor). Probably, you
  * will never need it, but you can change options after constructor call.
  *
  * __Note:__ To achieve the best possible performance, don't modify a
  * `markdown-it` instance options on the fly. If you need multiple configurations
  * it's best to create multiple instances and initialize each with separate
  * config.
  *
  * @example
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  *
  * const md = new MarkdownIt()
  *   .set({ html: true, breaks: true })
  *   .set({ typographer: true })
  * ```
  */
  set(options2) {
    Object.assign(this.options, options2);
    return this;
  }
  /**
  * Batch load of all options and compenent settings. This is internal method,
  * and you probably will not need it. But if you will - see available presets
  * and data structure [here](https://github.com/markdown-it/markdown-it/tree/master/src/presets)
  *
  * We strongly recommend to use presets instead of direct config loads. That
  * will give better compatibility with next versions.
  */
  configure(presets) {
    let p;
    if (typeof presets === "string") {
      const presetName = presets;
      p = config[presetName];
      if (!p) throw new Error(`Wrong 'markdown-it' preset "${presetName}", check name`);
    } else p = presets;
    if (!p) throw new Error("Wrong `markdown-it` preset, can't be empty");
    if (p.options) this.options = { ...p.options };
    const components = p.components;
    if (components) {
      var _components$inline;
      [
        "core",
        "block",
        "inline"
      ].forEach((name) => {
        var _components$name;
        const rules = (_components$name = components[name]) === null || _components$name === void 0 ? void 0 : _components$name.rules;
        if (rules) this[name].ruler.enableOnly(rules);
      });
      const rules2 = (_components$inline = components.inline) === null || _components$inline === void 0 ? void 0 : _components$inline.rules2;
      if (rules2) this.inline.ruler2.enableOnly(rules2);
    }
    return this;
  }
  /**
  * Enable list or rules. It will automatically find appropriate components,
  * containing rules with given names. If rule not found, and `ignoreInvalid`
  * not set - throws exception.
  *
  * @example
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  *
  * const md = new MarkdownIt()
  *   .enable(['sub', 'sup'])
  *   .disable('smartquotes')
  * ```
  */
  enable(list2, ignoreInvalid = false) {
    let result = [];
    if (!Array.isArray(list2)) list2 = [list2];
    [
      "core",
      "block",
      "inline"
    ].forEach((chain) => {
      result = result.concat(this[chain].ruler.enable(list2, true));
    });
    result = result.concat(this.inline.ruler2.enable(list2, true));
    const missed = list2.filter((name) => result.indexOf(name) < 0);
    if (missed.length && !ignoreInvalid) throw new Error(`MarkdownIt. Failed to enable unknown rule(s): ${missed}`);
    return this;
  }
  /**
  * The same as {@link MarkdownIt.enable}, but turn specified rules off.
  */
  disable(list2, ignoreInvalid = false) {
    let result = [];
    if (!Array.isArray(list2)) list2 = [list2];
    [
      "core",
      "block",
      "inline"
    ].forEach((chain) => {
      result = result.concat(this[chain].ruler.disable(list2, true));
    });
    result = result.concat(this.inline.ruler2.disable(list2, true));
    const missed = list2.filter((name) => result.indexOf(name) < 0);
    if (missed.length && !ignoreInvalid) throw new Error(`MarkdownIt. Failed to disable unknown rule(s): ${missed}`);
    return this;
  }
  /**
  * Load specified plugin with given params into current parser instance.
  * It's just a sugar to call `plugin(md, params)` with curring.
  *
  * @example
  * ```javascript
  * import MarkdownIt from 'markdown-it'
  * import iterator from 'markdown-it-for-inline'
  *
  * const md = new MarkdownIt()
  *   .use(iterator, 'foo_replace', 'text', function (tokens, idx) {
  *     tokens[idx].content = tokens[idx].content.replace(/foo/g, 'bar')
  *   })
  * ```
  */
  use(plugin, ...params) {
    plugin.apply(plugin, [this, ...params]);
    return this;
  }
  /**
  * Parse input string and return list of block tokens (special token type
  * "inline" will contain list of inline tokens). You should not call this
  * method directly, until you write custom renderer (for example, to produce
  * AST).
  *
  * `env` is used to pass data between "distributed" rules and return additional
  * metadata like reference info, needed for the renderer. It also can be used to
  * inject data in specific cases. Usually, you will be ok to pass `{}`,
  * and then pass updated object to renderer.
  */
  parse(src, env) {
    if (typeof src !== "string") throw new Error("Input data should be a String");
    const state = new this.core.State(src, this, env);
    this.core.process(state);
    return state.tokens;
  }
  /**
  * Render markdown string into html. It does all magic for you :).
  *
  * `env` can be used to inject additional metadata (`{}` by default).
  * But you will not need it with high probability. See also comment
  * in {@link MarkdownIt.parse}.
  */
  render(src, env = {}) {
    return this.renderer.render(this.parse(src, env), this.options, env);
  }
  /**
  * The same as {@link MarkdownIt.parse} but skip all block rules. It returns
  * the block tokens list with the single `inline` element, containing parsed
  * inline tokens in `children` property. Also updates `env` object.
  */
  parseInline(src, env) {
    const state = new this.core.State(src, this, env);
    state.inlineMode = true;
    this.core.process(state);
    return state.tokens;
  }
  /**
  * Similar to {@link MarkdownIt.render} but for single paragraph content.
  * Result will NOT be wrapped into `<p>` tags.
  */
  renderInline(src, env = {}) {
    return this.renderer.render(this.parseInline(src, env), this.options, env);
  }
};
_defineProperty(MarkdownIt, "Token", Token);
_defineProperty(MarkdownIt, "Ruler", Ruler);
_defineProperty(MarkdownIt, "Renderer", Renderer);
_defineProperty(MarkdownIt, "ParserCore", ParserCore);
_defineProperty(MarkdownIt, "StateCore", StateCore);
_defineProperty(MarkdownIt, "ParserBlock", ParserBlock);
_defineProperty(MarkdownIt, "StateBlock", StateBlock);
_defineProperty(MarkdownIt, "ParserInline", ParserInline);
_defineProperty(MarkdownIt, "StateInline", StateInline);
var MarkdownItCallable = callable(MarkdownIt);

// src/github/open-html.ts
var HIDING = /* @__PURE__ */ new Set([
  ...["blockquote", "code", "del", "iframe", "kbd", "listing", "noembed", "noframes", "noscript", "ol"],
  ...["plaintext", "pre", "q", "s", "samp", "script", "strike", "style", "table", "template", "textarea"],
  ...["title", "tt", "ul", "xmp"]
]);
var MARK = /<!--|<[!?]|<(\/?)([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^"'>])*/gi;
var OpenHtml = class {
  #commentEnd = null;
  #open = /* @__PURE__ */ new Map();
  /** Whether what follows is not plain text. */
  get hides() {
    return this.#commentEnd !== null || this.#open.size > 0;
  }
  read(html) {
    let at = 0;
    for (; ; ) {
      if (this.#commentEnd !== null) {
        const end = html.indexOf(this.#commentEnd, at);
        if (end === -1) return;
        at = end + this.#commentEnd.length;
        this.#commentEnd = null;
      }
      MARK.lastIndex = at;
      const [mark, closing, name] = MARK.exec(html) ?? [];
      if (mark === void 0) return;
      at = MARK.lastIndex;
      if (name !== void 0) this.#count(name.toLowerCase(), closing === "/" ? -1 : 1);
      else if (mark === "<!--") {
        this.#commentEnd = "-->";
        at -= 2;
      } else this.#commentEnd = ">";
    }
  }
  #count(name, change) {
    if (!HIDING.has(name)) return;
    const count = (this.#open.get(name) ?? 0) + change;
    if (count > 0) this.#open.set(name, count);
    else this.#open.delete(name);
  }
};

// src/github/spoken-lines.ts
function spokenLines(body, word) {
  const lines = body.split(LINE_END);
  const begins = new RegExp(`^${word}(?!\\S)`);
  const found2 = { spoken: [], entangled: [] };
  if (!lines.some((line) => begins.test(line))) return found2;
  const html = new OpenHtml();
  const hear = (number, isPlain) => {
    const line = lines[number] ?? "";
    if (begins.test(line) && !html.hides) (isPlain ? found2.spoken : found2.entangled).push(line);
  };
  const tokens = reader(word).parse(body, {});
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    from = token.map?.[0] ?? from;
    if (token.type === "inline") {
      const isParagraph = token.level === 1 && tokens[i - 1]?.type === "paragraph_open";
      hearText(token, from, isParagraph, hear, html);
    } else if (token.type === "html_block" && token.level === 0) {
      for (let number = from; number < (token.map?.[1] ?? from); number++) {
        hear(number, false);
        html.read(`${lines[number]}
`);
      }
    }
  }
  return found2;
}
var LINE_END = /\r\n?|\n/;
function hearText({ content, children }, from, isParagraph, hear, html) {
  let number = from;
  let read = 0;
  let depth = 0;
  let struck = 0;
  for (const { type, nesting, meta, content: text3 } of children ?? []) {
    depth += nesting;
    if (type === "s_open" || type === "s_close") struck += nesting;
    else if (type === "html_inline" && isParagraph) html.read(text3);
    else if (type === WORD) {
      const at = Number(meta?.at);
      number += content.slice(read, at).split("\n").length - 1;
      read = at;
      if (struck === 0) hear(number, isParagraph && depth === 0);
    }
  }
}
var WORD = "word_at_line_start";
function reader(word) {
  const markdown = new MarkdownItCallable({ html: true });
  markdown.inline.ruler.before("text", WORD, (state, silent) => {
    const { src, pos } = state;
    if (!src.startsWith(word, pos) || pos > 0 && src[pos - 1] !== "\n") return false;
    if (!silent) state.push(WORD, "", 0).meta = { at: pos };
    state.pos += word.length;
    return true;
  });
  return markdown;
}

// src/github/chat-command.ts
var NAME = "/perf-baseline";
var MAX_COMMENT = 131072;
var MAX_REASON = 500;
function parseComment(body) {
  if (body.length > MAX_COMMENT) return body.includes(NAME) ? wrong("the comment is too long") : NONE;
  const { spoken, entangled } = spokenLines(body, NAME);
  if (spoken.length + entangled.length > 1)
    return wrong("there are several commands in one comment; give each its own");
  const [line] = spoken;
  if (line !== void 0) return parseLine(line.slice(NAME.length).trim());
  if (entangled.length === 0) return NONE;
  return wrong("the command is shown as a part of what it touches; leave an empty line above and below it");
}
var NONE = { status: "none" };
function parseLine(text3) {
  const [verb = ""] = text3.split(/\s/, 1);
  const rest = text3.slice(verb.length).trim();
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
function parseAccept(text3) {
  const names = [];
  let until = null;
  let because = null;
  let expectsDate = false;
  for (const { 0: raw, 1: ticked, 2: quoted2, index } of text3.matchAll(TOKEN)) {
    const name = ticked ?? quoted2;
    if (expectsDate) {
      if (!isDate(raw)) break;
      until = raw;
      expectsDate = false;
    } else if (raw === "because") {
      because = text3.slice(index + raw.length);
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
function isDate(text3) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text3)) return false;
  const date = /* @__PURE__ */ new Date(`${text3}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text3);
}
function wrong(reason2) {
  return { status: "wrong", reason: reason2 };
}

// src/github/chat-thread.ts
var POSTS = 3;
var SETTLE_MS = 2e3;
async function readCommentBody(client, repo, id2) {
  try {
    return (await client.rest.issues.getComment({ ...repo, comment_id: id2 })).data.body ?? "";
  } catch (error) {
    if (httpStatus(error) === 404 || httpStatus(error) === 410) return null;
    throw error;
  }
}
async function react(client, repo, comment3, content) {
  const { status } = await client.rest.reactions.createForIssueComment({
    ...repo,
    comment_id: comment3,
    content
  });
  return status === 201;
}
function isAnswered(comments, comment3) {
  return answersAmong(comments).some((answer2) => answer2.comment === comment3);
}
async function postAnswer(client, repo, issue, answer2, words, sleep) {
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
      await sleep(SETTLE_MS);
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
function sanitiseLog(text3) {
  return stripVTControlCharacters(text3.replace(/\r\n|\r|\u2028|\u2029|\u0085/g, "\n")).replace(CONTROL, "").replace(BIDI, "").replace(/:(?=:)/g, `:${BREAK}`).replace(/#(?=#\[)/g, `#${BREAK}`);
}
function sanitiseLine(text3) {
  return sanitiseLog(text3).replace(/[\n\t]+/g, " ").trim();
}
var SHORTEST = 4;
function redact(text3, secrets) {
  return maskForms(text3, secretForms(secrets, SHORTEST)).replaceAll(CUT, "");
}
function maskSecrets(core, secrets) {
  for (const value of secretForms(secrets, SHORTEST)) core.setSecret(value);
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
    tail(title, text3) {
      const word = token();
      core.info(safe(title));
      core.info(`::stop-commands::${word}`);
      try {
        for (const line of safe(text3).replace(/\n+$/, "").split("\n")) core.info(`  | ${line}`);
      } finally {
        core.info(`::${word}::`);
      }
    }
  };
}

// src/github/pull-request.ts
var MOST_OTHERS = 3;
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
      return found(await readPullRequest(client, repo, event.number));
    case "issue_comment":
      if (!event.isPullRequest) return none(`#${event.number} is an issue, not a pull request`);
      return found(await readPullRequest(client, repo, event.number));
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
  const from = { head: `${headOwner}:${headBranch}`, per_page: 100 };
  const { data } = await client.rest.pulls.list({ ...repo, state: "all", ...from });
  const all = data.filter((pull2) => pull2.head.repo?.id === headRepoId);
  const but = (pull2) => all.filter((one) => one !== pull2).slice(0, MOST_OTHERS).map((one) => asListed(one, headRepoId));
  const ours = all.filter(({ state }) => state === "open");
  if (ours.length === 0) {
    const [closed, other] = all.filter((pull2) => pull2.head.sha === headSha);
    const reason2 = `no open pull request comes from ${headOwner}:${headBranch}`;
    return closed === void 0 || other !== void 0 ? none(reason2, but()) : { status: "none", reason: reason2, closed: asListed(closed, headRepoId), others: but(closed) };
  }
  const exact = ours.filter((pull2) => pull2.head.sha === headSha);
  const [pull, second] = exact;
  if (pull === void 0) {
    return none(`the pull request has moved on: its head is no longer ${headSha.slice(0, 7)}`, but());
  }
  if (second !== void 0) {
    const numbers = exact.map(({ number }) => `#${number}`).join(", ");
    return none(`several pull requests have the head ${headSha.slice(0, 7)}: ${numbers}`, but());
  }
  return found(asListed(pull, headRepoId), but(pull));
}
var MOST_PAGES = 3;
async function ownWithHead(client, repo, headSha) {
  const sorted = { state: "open", sort: "updated", direction: "desc", per_page: 100 };
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await client.rest.pulls.list({ ...repo, ...sorted, page });
    const own = data.find(({ head, base }) => head.sha === headSha && head.repo?.id === base.repo.id);
    if (own !== void 0) return own.number;
    if (data.length < sorted.per_page) break;
  }
  return null;
}
function asListed(pull, headRepoId) {
  return {
    number: pull.number,
    state: pull.state === "open" ? "open" : "closed",
    merged: pull.merged_at !== null,
    headSha: pull.head.sha,
    headRepoId,
    fork: headRepoId !== pull.base.repo.id,
    baseRef: pull.base.ref,
    baseSha: pull.base.sha
  };
}
function found(pullRequest, others = []) {
  return { status: "found", pullRequest, others };
}
function none(reason2, others = []) {
  return { status: "none", reason: reason2, others };
}

// src/github/series.ts
import { createHash } from "node:crypto";
import { posix } from "node:path";

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
var mayOnlyRead = ({ fork, dependabot }) => fork || dependabot;
var workflowPath = (path) => path.replace(/@.*$/, "").replace(/^[^/]+\/[^/]+\/(?=\.github\/)/, "");
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
  const found2 = {
    owner,
    repo,
    id: known2?.id ?? null,
    defaultBranch: known2?.default_branch ?? null
  };
  const event = readKind(name, env, payload, found2);
  return { event, repository: found2, origin: readOrigin(env, event) };
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
  const path = workflowPath(run2.path);
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
  const { action, issue, comment: comment3 } = parse(payloads.issue_comment, payload, "issue_comment");
  const { user } = comment3;
  return {
    type: "issue_comment",
    action,
    number: issue.number,
    isPullRequest: issue.pull_request !== void 0 && issue.pull_request !== null,
    comment: {
      id: comment3.id,
      body: comment3.body ?? "",
      createdAt: comment3.created_at,
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
  const text3 = required(env, name);
  const value = Number(text3);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`${name} is '${text3}'; expected a whole number`);
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

// src/github/series.ts
var DEFAULT_CONFIG = ".github/perf-baseline.yml";
function readSeries(input, env, parts) {
  const text3 = input.trim();
  if (text3 !== "" && !/^auto(\s|$)/.test(text3)) {
    const key2 = oneLine(text3);
    return { key: key2, title: cut(key2, 80) };
  }
  const matrix = readMatrix(text3.replace(/^auto/, "").trim());
  const folder = plainPath(parts.workingDirectory);
  const named2 = parts.config === null ? "" : plainPath(parts.config);
  const config2 = named2 === DEFAULT_CONFIG ? "" : named2;
  const key = [
    workflowFile(env),
    env.GITHUB_JOB ?? "",
    env.RUNNER_OS ?? "",
    matrix === null ? "" : canonical(matrix),
    folder,
    config2
  ].join(" | ");
  return { key: oneLine(key), title: titleOf(env.GITHUB_JOB ?? "perf-baseline", matrix, folder, config2) };
}
function partsOfSeries(key) {
  const parts = /^([^|]*)\|([^|]*)\|([^|]*)\|(.*)\|([^|]*)\|([^|]*)$/s.exec(key)?.slice(1);
  if (parts === void 0) return null;
  const [workflow = "", job = "", , matrix = "", folder = "", config2 = ""] = parts.map((part) => part.trim());
  if (!workflow.startsWith(".github/")) return null;
  if ([folder, config2].some((path) => posix.isAbsolute(path) || path.split(/[\\/]/).includes("..")))
    return null;
  let values = null;
  try {
    values = readMatrix(matrix);
  } catch {
    return null;
  }
  return {
    workflow,
    title: titleOf(job, values, folder, config2),
    workingDirectory: folder,
    config: config2 === "" ? null : config2
  };
}
function titleOfSeries(key) {
  return partsOfSeries(key)?.title ?? cut(oneLine(key), 80);
}
function titleOf(job, matrix, folder, config2) {
  const values = matrix === null ? [] : Object.values(matrix).map(matrixValue);
  const legs = values.length === 0 ? "" : ` (${values.join(", ")})`;
  const place2 = [folder === "." ? "" : folder, config2].filter((part) => part !== "").join(" ");
  return cut(oneLine(`${job}${legs}${place2 === "" ? "" : ` ${place2}`}`), 80);
}
function plainPath(path) {
  return posix.normalize(path).replace(/\/+$/, "") || ".";
}
function oneLine(text3) {
  return text3.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
function shortHash(text3) {
  return createHash("sha256").update(text3).digest("hex").slice(0, 16);
}
function workflowFile(env) {
  const path = workflowPath(env.GITHUB_WORKFLOW_REF ?? "");
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
function cut(text3, length) {
  const points = [...text3];
  return points.length > length ? `${points.slice(0, length - 1).join("")}\u2026` : text3;
}

// src/action/accepted-rows.ts
function acceptedRow(series, row) {
  const figure = figureOf(row);
  if (figure === null) return null;
  const { center, worst: worst2, allowance } = figure;
  return [
    idOf(series, row, figure.of),
    Math.max(Number.isFinite(worst2) ? worst2 : center, center + allowance)
  ];
}
function isAmong(rows, series, row) {
  const figure = figureOf(row);
  if (figure === null) return false;
  const id2 = idOf(series, row, figure.of);
  return rows.some(([accepted, most]) => accepted === id2 && figure.center <= most);
}
function rowId(series, row) {
  const figure = figureOf(row);
  return figure === null ? null : idOf(series, row, figure.of).slice(0, 8);
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
function withAcceptances(judged, candidate, { holding, expired }) {
  if (holding.length + expired.length === 0) return { judged, used: NONE_ACCEPTED };
  const used = /* @__PURE__ */ new Set();
  const accept2 = (row) => {
    const isMet = ({ rows }) => isAmong(rows, candidate.series, row);
    const found2 = holding.find(isMet);
    if (found2 === void 0) {
      for (const one of expired.filter(isMet)) used.add(one);
      return row;
    }
    used.add(found2);
    return { ...row, level: "warn", accepted: true, reason: plainWords(found2) };
  };
  const comparisons = judged.comparisons.map((row) => isFailing(row) ? accept2(row) : row);
  const limits = judged.limits.map((row) => isFailing(row) ? accept2(row) : row);
  const verdict = overallVerdict({ candidate, comparisons, limits });
  const met = (list2) => list2.filter((one) => used.has(one));
  return {
    judged: { ...judged, comparisons, limits, verdict },
    used: { holding: met(holding), expired: met(expired) }
  };
}
function isFailing(row) {
  if ("outcome" in row) return row.outcome === "exceeded" && row.level === "fail";
  return row.gating && row.verdict === "regressed" && row.level === "fail";
}
function failingIds(series, { comparisons, limits }) {
  return [...comparisons, ...limits].filter((row) => isFailing(row) || row.accepted === true).flatMap((row) => rowId(series, row) ?? []);
}
function covers(acceptance, row) {
  const { scenario, metric } = acceptance;
  return (scenario === null || scenario === row.scenario) && (metric === null || metric === row.metric.name);
}
function plainWords({ login, because, until }) {
  const reason2 = because === "" ? "" : `: ${because}`;
  return `accepted by ${login}${until === null ? "" : ` until ${until}`}${reason2}`;
}
function acceptanceLine(acceptance) {
  const { until } = acceptance;
  const { subject, who, reason: reason2 } = inert(acceptance);
  const day = until === null ? "" : ` (until ${until}; after that day the next run or \`/perf-baseline status\` judges without it)`;
  return `- \u{1F91D} ${subject}${day}: accepted by ${who}${reason2}`;
}
function expiredLine(acceptance) {
  const { subject, who, reason: reason2 } = inert(acceptance);
  return `- \u231B ${subject}: the acceptance of ${who} was until ${acceptance.until}, and is over${reason2}`;
}
function inert({ scenario, metric, login, because }) {
  const names = [scenario, metric].filter((name) => name !== null).map((name) => code(name));
  return {
    subject: names.join(" ") || "Every regression",
    who: `@${login.replace(/[^A-Za-z0-9-]/g, "")}`,
    reason: because === "" ? "" : `: ${prose(because, 500)}`
  };
}
function withAcceptanceLines(report2, { holding, expired }) {
  const lines = [...holding.map(acceptanceLine), ...expired.map(expiredLine)];
  if (lines.length === 0) return report2;
  const [first = "", ...rest] = report2.split("\n\n");
  return [first, lines.join("\n"), ...rest].join("\n\n");
}

// src/action/chat-words.ts
var HELP = `For people who may write to this repository, one command in a comment, at the start of a line:
- \`/perf-baseline accept [SCENARIO [METRIC]] [until DATE] [because TEXT]\` lets this head pass with a regression that is meant.
- \`/perf-baseline revoke\` takes back all that was accepted for this head.
- \`/perf-baseline rerun\` measures this head again and judges it together with what was measured before.
- \`/perf-baseline status\` says what was reported and accepted.
- \`/perf-baseline help\` shows this.

Names with spaces stand in quotes. \`DATE\` is the last day, as \`2026-12-31\`, in UTC. What is accepted is what was reported when the command was written: nothing that regresses later or gets worse. It is bound to the commit: the next push ends it, and only pushing that same commit again brings it back. When \`DATE\` is over, the next run or command judges without it.`;
var named = (rows) => [...new Set(rows.map(({ scenario, metric }) => `${code(scenario)} ${code(metric.name)}`))].slice(0, 20).join(", ");
function acceptedWords(acceptance, met, head, short) {
  const { until } = acceptance;
  const sha2 = `\`${head.slice(0, 7)}\``;
  const what = short.length === 0 ? `This lets ${sha2} pass with ${named(met)}` : `${sha2} may have ${named(met)}`;
  const words = `${what}, no worse than reported. It is for this commit alone, and ends with the next push${until === null ? "" : `, or after ${until}`}; \`/perf-baseline revoke\` takes it back.`;
  const rest = short.length === 0 ? [] : [`**It does not pass yet:**
${short.join("\n")}`];
  return [acceptanceLine(acceptance), words, ...rest].join("\n\n");
}
function undoneWords(acceptance) {
  return `A later comment has taken this back already, so it has no effect:
${acceptanceLine(acceptance)}`;
}
function notPassing(judged, met, silent) {
  const { results } = judged;
  const rows = results.flatMap(
    ({ judged: { comparisons, limits } }) => [...comparisons, ...limits].filter((row) => isFailing(row) && !met.includes(row))
  );
  const failed = results.filter((one) => one.judged.verdict === "failed");
  return [
    ...rows.length === 0 ? [] : [`- ${named(rows)} would have to be accepted too.`],
    ...failed.map(({ title }) => `- ${code(title, 100)} could not be measured in full.`),
    ...notJudged(judged),
    ...silent.map(
      ({ section }) => `- ${code(section.title, 100)} never reported: \`/perf-baseline rerun\` measures it again.`
    )
  ];
}
function notJudged({ unjudged, refused }) {
  const left = unjudged.filter(({ verdict }) => !PASSING.has(verdict));
  return [
    ...left.map(({ title, verdict }) => {
      const { icon, word } = verdictWord(verdict);
      return `- ${code(title, 100)} could not be judged again and stays ${icon} ${word}, and the check run with it, until it is measured again: \`/perf-baseline rerun\`.`;
    }),
    ...left.length === 0 ? [] : refused.slice(0, 5).map((reason2) => `- ${prose(reason2, 400)}.`)
  ];
}
var PASSING = /* @__PURE__ */ new Set(["accepted", "improved", "unchanged"]);
function revokedWords(login, head, some, later) {
  const sha2 = `\`${head.slice(0, 7)}\``;
  const what = some ? `Taken back by @${login}: nothing is accepted for ${sha2} any more` : `Nothing is accepted for ${sha2}, and no comment from before this one will change that`;
  if (later.length === 0) return `${what}.`;
  return `${what}, but for what a later comment accepts:
${later.map(acceptanceLine).join("\n")}`;
}
function nothingToAccept(accept2, failing, left) {
  const words = nothingMet(accept2, failing);
  return left.length === 0 ? words : `${words}

${left.join("\n")}`;
}
function nothingMet({ scenario, metric }, failing) {
  const what = [scenario, metric].filter((name) => name !== null).map((name) => code(name));
  const asked = what.length === 0 ? "No metric" : `Nothing of ${what.join(" ")}`;
  if (failing.length === 0)
    return "There is nothing to accept: no metric has regressed and no limit is exceeded. What cannot be told, or could not be measured, cannot be accepted; `/perf-baseline rerun` measures again.";
  return `${asked} fails here. What does: ${named(failing)}.`;
}
function statusWords(reported, { holding, expired }, trouble) {
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
    ...holding.map(acceptanceLine),
    ...expired.map(expiredLine),
    ...trouble === null ? [] : [`- \u26A0\uFE0F This could not be judged anew, and may be out of date: ${prose(trouble, 400)}`]
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
  ["PATCH", /\/issues\/comments\/[^/]+$/, ["id"]],
  ["GET", /\/pulls$/, "[]"],
  ["GET", /\/pulls\/[^/]+$/, ["number", "head", "base"]],
  ["GET", /\/collaborators\/[^/]+\/permission$/, ["permission"]],
  ["GET", /\/actions\/artifacts\/[^/]+$/, ["id", "name"]],
  ["GET", /\/actions\/runs\/[^/]+$/, ["id", "path", "event", "head_sha"]],
  ["GET", /\/actions\/runs\/[^/]+\/artifacts$/, ["artifacts"]],
  ["GET", /\/actions\/runs\/[^/]+\/jobs$/, ["jobs"]],
  ["GET", /\/actions\/(workflows\/[^/]+\/)?runs$/, ["workflow_runs"]],
  ["GET", /\/check-runs$/, ["check_runs"]],
  ["POST", /\/check-runs$/, ["id"]],
  ["PATCH", /\/check-runs\/[^/]+$/, ["id"]]
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
function checkedApiUrl(text3) {
  if (URL.canParse(text3)) {
    const url = new URL(text3);
    if (url.protocol === "https:" || url.protocol === "http:") return url;
  }
  throw new UsageError(
    `GITHUB_API_URL is '${text3}'; expected the URL of a GitHub API, as https://api.github.com`
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
  const code3 = networkCode(error);
  if (code3 !== void 0) return code3;
  const status = error.response?.status;
  if (status !== void 0) return `HTTP ${status}`;
  return error instanceof Error ? error.message : String(error);
}

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
function urlProblem(text3) {
  const filled = text3.replaceAll(PORT_PLACE, "8080");
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
  const text3 = (name) => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const optional = (name) => text3(name) || null;
  const path = (name) => insideWorkspace(text3(name), env.GITHUB_WORKSPACE ?? "");
  const choice = (name, fallback) => {
    const value = text3(name);
    if (value === "") return fallback;
    const choices = CHOICES[name];
    if (!choices.includes(value)) add(name, value, `one of ${choices.join(", ")}`);
    return value;
  };
  const flag = (name, fallback) => {
    const value = text3(name);
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
    baselineBranch: text3("baseline-branch") || "perf-baseline",
    baselinePath: optional("baseline-path"),
    updateBaseline: choice("update-baseline", "auto"),
    series: text3("series"),
    comment: choice("comment", "auto"),
    commentKey: text3("comment-key") || env.GITHUB_WORKFLOW || "perf-baseline",
    failOn: choice("fail-on", "regression"),
    failOnExplicit: text3("fail-on") !== "",
    uploadResult: flag("upload-result", true),
    check: flag("check", false),
    legs: text3("legs") === "" ? 1 : Number(text3("legs"))
  };
  checkTarget(inputs, context.event, add);
  checkBaseline(inputs, context, add);
  for (const name of ["working-directory", "config"]) {
    const value = path(name);
    const problem = value === "" ? null : pathProblem(value);
    if (problem !== null) add(name, value, "a path inside the workspace", problem);
  }
  if (!/^[1-9]\d{0,3}$/.test(text3("legs") || "1")) add("legs", text3("legs"), "a whole number from 1 on");
  if (inputs.commentKey.length > 200) add("comment-key", inputs.commentKey, "at most 200 characters");
  if (inputs.series.length > 2e3) add("series", inputs.series, "at most 2,000 characters");
  if (problems.length > 0) throw new InputError(problems);
  return inputs;
}
function checkTarget(inputs, event, add) {
  const { config: config2, start, url } = inputs;
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
  if (config2 !== null && (start !== null || url !== null)) {
    add(
      "config",
      config2,
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
  if (baselineStore === "artifact" && type !== "push" && updatesBaseline(context.event, updateBaseline)) {
    add(
      "update-baseline",
      "always",
      "`auto`, or `baseline-store: branch`, on any event but a push",
      "among the artifacts, baselines are looked for in runs of pushes only"
    );
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
  const plain2 = (text3) => text3.replace(/[^a-z]/g, "");
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
  let text3;
  try {
    text3 = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read the event at ${file}: ${error.message}`);
  }
  try {
    return JSON.parse(text3);
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
    workflow: workflowFile(env),
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

// src/action/accept.ts
async function accept(context, { comment: comment3, number }, command, reported, acceptances) {
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
  const writtenAt = Math.floor(Date.parse(comment3.createdAt) / 1e3);
  const late = judged.results.find(
    ({ stored: { since }, reportedAt = 0 }) => since > comment3.createdAt || reportedAt > writtenAt
  );
  if (late !== void 0)
    return plain2(
      `Your comment is older than the report of \`${headSha.slice(0, 7)}\`, so it cannot have been about it. Read the report, then accept it again.`
    );
  const failing = judged.results.flatMap(
    ({ stored, unaccepted: { comparisons, limits } }) => [...comparisons, ...limits].filter(isFailing).map((row) => ({ row, accepted: acceptedRow(stored.series, row) }))
  );
  const met = failing.filter(({ row, accepted }) => accepted !== null && covers(command, row));
  const metRows = met.map(({ row }) => row);
  if (met.length === 0)
    return plain2(
      nothingToAccept(
        command,
        failing.map(({ row }) => row),
        notJudged(judged)
      )
    );
  if (met.length > MAX_ROWS)
    return plain2(`These are ${met.length} metrics, more than one answer can hold: accept them by scenario.`);
  const { verb: _, ...what } = command;
  const rows = met.flatMap(({ accepted }) => accepted === null ? [] : [accepted]);
  const acceptance = { ...what, login: comment3.author.login, rows };
  const client = requireClient(context, "answering a command");
  const own = await explained("comment", () => listOwnComments(client, context.repo, number));
  const isUndone = answersAmong(own).some((other) => other.effect === "revoke" && other.comment > comment3.id);
  return {
    words: isUndone ? undoneWords(acceptance) : acceptedWords(acceptance, metRows, headSha, notPassing(judged, metRows, reported.silent)),
    head: headSha,
    effect: { type: "accept", ...acceptance }
  };
}
function revoke({ comment: comment3 }, headSha, answers, besides) {
  const now = /* @__PURE__ */ new Date();
  const earlier = answers.filter((answer2) => answer2.comment < comment3.id);
  const later = answers.filter((answer2) => answer2.comment >= comment3.id);
  const heads = new Set(earlier.map(({ head }) => head));
  const isAccepted = [...heads].map((head) => acceptancesFor(earlier, head, now)).some(({ holding: holding2, expired }) => holding2.length + expired.length > 0);
  const { holding } = acceptancesFor(later, headSha, now);
  const words = revokedWords(comment3.author.login, headSha, isAccepted, holding);
  return {
    words: besides === null ? words : `${besides}

${words}`,
    head: headSha,
    effect: "revoke"
  };
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

// src/github/runs.ts
async function readRun(client, repo, id2) {
  const { data } = await client.rest.actions.getWorkflowRun({ ...repo, run_id: id2 });
  const path = workflowPath(data.path);
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
  return jobs.map(({ id: id2, name, status, conclusion, run_attempt = 1 }) => ({
    ...{ id: id2, name, status, conclusion },
    attempt: run_attempt
  }));
}
async function repeatJobs(client, repo, runId, names) {
  const jobs = await listJobs(client, repo, runId);
  const legs = jobs.filter(({ name }) => names.some((job) => name === job || name.startsWith(`${job} (`)));
  const [only, second] = legs;
  if (names.length === 1 && only !== void 0 && second === void 0)
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
    if (made instanceof Promise) made.catch(() => done.delete(argument));
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
function measuredConfigs(context, headSha) {
  const at = onceEach((sha2) => baseConfigs(context, sha2));
  return ({ result: { commit } }) => {
    if (commit === null || commit.sha === headSha || !/^[0-9a-f]{40}$/.test(commit.sha)) return at(headSha);
    const [measured, head] = [at(commit.sha), at(headSha)];
    const read = async (path) => {
      const file = await measured.read(path);
      return file.status === "absent" ? head.read(path) : file;
    };
    return { ref: commit.sha, read };
  };
}
function trustIn(context, { headSha, workflow }, { baseRef }, isOwn) {
  if (isOwn) {
    const configsOf = measuredConfigs(context, headSha);
    return (stored) => ({ configs: configsOf(stored), pairs: true, workflow: null });
  }
  const trust = { configs: baseConfigs(context, baseRef), pairs: false, workflow };
  return () => trust;
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
    const config2 = parseConfig(file.text, { file: path, workingDirectory: folder, env: null });
    return { criteria: criteriaOf(config2), isConfigured: true, warnings: [] };
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
  const found2 = await criteriaFor(stored, options2);
  if ("refused" in found2) return { refused: `${stored.where} is refused: ${found2.refused}` };
  const { criteria, isConfigured } = found2;
  warnings.push(...found2.warnings);
  const lacking2 = isConfigured ? lackingIn(stored.result, criteria) : [];
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
  return { stored, title, unaccepted, judged, report: report2, accepted: used, isConfigured, lacking: lacking2 };
}
function speaking({ series }, { store, workflow }, warnings) {
  if (workflow === null || store.type === "artifact" || partsOfSeries(series) !== null) return store;
  return {
    ...store,
    async history(query) {
      const found2 = await store.history(query);
      const entries = found2.entries.filter(({ result }) => result.origin?.workflow === workflow);
      if (entries.length < found2.entries.length) warnings.push(OF_OTHERS);
      return { ...found2, entries };
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

// src/github/check-conclusion.ts
var ORDER = ["success", "neutral", "cancelled", "failure"];
var worst = (conclusions) => ORDER.findLast((one) => conclusions.includes(one)) ?? "neutral";
var noBetter = (ruling, than) => ({
  ...ruling,
  conclusion: worst([ruling.conclusion, than.conclusion])
});
var byRuling = (a, b) => severity(a) - severity(b);
var severity = (section) => isOfRun(section) ? 0 : ORDER.indexOf(section.ruling?.conclusion ?? "neutral");
function asItsJobRuled(section, found2) {
  const before = found2.find(
    ({ series, run: run2 }) => series === section.series && run2.id === section.run.id && run2.attempt === section.run.attempt
  );
  const { ruling } = section;
  if (ruling === void 0 || ruling.by === "run" || before?.ruling === void 0 || before.ruling.by === "run")
    return section;
  const { by } = before.ruling;
  const ruled = noBetter({ ...ruling, by }, ruleOn(section.verdict, by));
  return { ...section, ruling: before.verdict === section.verdict ? noBetter(ruled, before.ruling) : ruled };
}
function ruleOn(verdict, by, { failed = false, lacking: lacking2 = false } = {}) {
  const found2 = [ofVerdict(verdict, by)];
  if (failed) found2.push("failure");
  if (lacking2) found2.push("cancelled");
  return { conclusion: worst(found2), by };
}
function ofVerdict(verdict, failOn) {
  switch (verdict) {
    case "failed":
      return "failure";
    case "regressed":
      return failOn === "never" ? "neutral" : "failure";
    case "cancelled":
      return "cancelled";
    case "inconclusive":
      return failOn === "inconclusive" ? "failure" : "neutral";
    // What was compared with nothing was not shown to be fine.
    case "none":
    case "new":
      return "neutral";
    default:
      return "success";
  }
}
function concluded(sections, failOn, awaited = []) {
  const spoken = sections.filter((section) => !isQuiet(section));
  const found2 = spoken.filter(({ state }) => state === "final").map(({ verdict, ruling }) => ruling?.conclusion ?? ofVerdict(verdict, failOn));
  if (found2.includes("failure")) return "failure";
  if (found2.length < spoken.length) return null;
  if (outstanding(sections, awaited).length > 0) return null;
  return awaited.some(({ run: run2, legs }) => reportedOf(spoken, run2) < legs) ? worst([...found2, "cancelled"]) : worst(found2);
}
var outstanding = (sections, awaited) => awaited.filter(
  ({ run: run2, legs, ended }) => !ended && reportedOf(sections, run2) < legs && !isOver(sections, run2)
);
var reportedOf = (sections, id2) => sections.filter((section) => section.run.id === id2 && section.state === "final" && !isOfRun(section)).length;
var isOver = (sections, id2) => sections.some((section) => section.run.id === id2 && isOfRun(section));

// src/action/lapsed.ts
function lapsing({ holding, expired }, headSha) {
  const head = headSha.slice(0, 12);
  return (section) => {
    const { verdict, sha: sha2, form, text: text3 } = section;
    if (verdict !== "accepted" || sha2 !== head) return section;
    const isShort = form === "line" || form === "bare";
    const rests = expired.filter((one) => isShort || text3.includes(acceptanceLine(one)));
    const stands = holding.some((one) => isShort || text3.includes(acceptanceLine(one)));
    if (stands && rests.length === 0) return section;
    const { ruling, ...rest } = section;
    return {
      ...rest,
      verdict: "regressed",
      ...ruling !== void 0 && ruling.by !== "run" && { ruling: noBetter(ruleOn("regressed", ruling.by), ruling) },
      form: "full",
      text: lapsedText(rests.map(expiredLine))
    };
  };
}
function lapsedText(lines) {
  return [
    "### \u274C Regressed: what was accepted holds no more",
    lines.join("\n"),
    "**What to do:** `/perf-baseline status` judges again what was measured; where that is gone, `/perf-baseline rerun` measures it anew."
  ].filter((part) => part !== "").join("\n\n");
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

// src/github/check-run.ts
var CHECK_NAME = "perf-baseline";
var MAX_BYTES2 = 65535;
var MAX_ANNOTATIONS = 50;
async function readCheckRun({ client, repo, sha: sha2 }) {
  const { data } = await client.rest.checks.listForRef({
    ...repo,
    ref: sha2,
    check_name: CHECK_NAME,
    filter: "all",
    per_page: 100
  });
  const all = data.check_runs.filter(({ output }) => hasMarker(output.text ?? "", shortHash(CHECK_NAME))).sort((a, b) => a.id - b.id);
  const check2 = all.pop();
  if (check2 === void 0) return null;
  return {
    id: check2.id,
    sections: mergeSections([...all, check2].flatMap(({ output }) => parseSections(output.text ?? ""))),
    awaited: newestOf([...all, check2].flatMap(({ external_id }) => parseAwaited(external_id ?? ""))),
    conclusion: check2.status === "completed" ? check2.conclusion : null,
    summary: check2.output.summary ?? "",
    extras: all.map(({ id: id2 }) => id2)
  };
}
function newestOf(all) {
  const newest2 = /* @__PURE__ */ new Map();
  for (const one of all) {
    const known2 = newest2.get(one.workflow);
    if (known2 === void 0 || one.run > known2.run) newest2.set(one.workflow, one);
    else if (one.run === known2.run)
      newest2.set(one.workflow, {
        ...one,
        legs: Math.max(one.legs, known2.legs),
        ended: one.ended || known2.ended
      });
  }
  return [...newest2.values()];
}
var formatAwaited = (awaited) => awaited.map(({ workflow, run: run2, legs, ended }) => `${workflow}:${run2}:${legs}${ended ? ":ended" : ""}`).join(" ");
function parseAwaited(text3) {
  const written2 = /(?:^| )([0-9a-f]{1,20}):(\d{1,15}):(\d{1,4})(:ended)?(?= |$)/g;
  return [...text3.slice(0, 1e3).matchAll(written2)].map(([, workflow = "", run2, legs, ended]) => ({
    ...{ workflow, run: Number(run2), legs: Number(legs) },
    ended: ended !== void 0
  }));
}
var textOf = (sections) => renderBody(
  shortHash(CHECK_NAME),
  sections.map((section) => ({ ...section, form: "bare", text: "" })),
  () => ({ top: "", bottom: "" })
);
async function writeCheckRun(options2, existing, { sections, awaited, conclusion }, first) {
  const { client, repo, sha: sha2, url } = options2;
  const once2 = { request: { lookFirst: true } };
  const external_id = formatAwaited(awaited);
  const spoken = sections.filter((section) => !isQuiet(section));
  const output = {
    title: titleOf2(spoken, conclusion, awaited),
    // Who has nothing to show leaves what another job has shown.
    summary: cut2(inertText(options2.summary(spoken)) || existing?.summary || NOTHING_YET, MAX_BYTES2),
    text: cut2(textOf(sections), MAX_BYTES2),
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
      ...state,
      ...once2
    });
  else
    await client.rest.checks.update({
      ...repo,
      check_run_id: existing.id,
      details_url: url,
      external_id,
      output,
      ...state,
      ...once2
    });
  if (options2.hasty !== true)
    for (const id2 of existing?.extras ?? [])
      await client.rest.checks.update({ ...repo, check_run_id: id2, ...MOVED, ...once2 });
}
var NOTHING_YET = "Nothing is reported yet.";
var MOVED = {
  status: "completed",
  conclusion: "neutral",
  output: {
    title: "moved",
    summary: "This report has moved to the other check run of this name.",
    text: "Moved."
  }
};
function titleOf2(sections, conclusion, awaited) {
  const counts = /* @__PURE__ */ new Map();
  for (const section of sections) {
    const { state, verdict } = section;
    const own = verdict === "none" ? "without a verdict" : verdict;
    const word = state === "measuring" ? "measuring" : isOfRun(section) ? section.title : own;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => sections.length === 1 ? word : `${count} ${word}`);
  for (const { run: run2, legs } of conclusion === null || conclusion === "cancelled" ? awaited : []) {
    const there = reportedOf(sections, run2);
    if (there < legs)
      words.push(
        `${there} of ${legs} jobs have reported${conclusion === null ? "" : ", and the run has ended"}`
      );
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
function cut2(text3, bytes) {
  const all = Buffer.from(text3);
  if (all.length <= bytes) return text3;
  const kept = all.subarray(0, bytes - Buffer.byteLength("\u2026")).toString();
  return `${kept.replace(/\ufffd+$/, "")}\u2026`;
}

// src/github/checks.ts
var MAX_TRIES = 20;
var MAX_FAULTS = 5;
var MAX_WAIT_MS = 12e4;
var MAX_AWAITED = 20;
var SETTLE_MS2 = 2e3;
async function writeCheck(options2) {
  try {
    const { own, comment: comment3, scope } = options2;
    const within = (sections) => sections.map((section) => scoped(section, scope));
    return await settle({ ...options2, own: within(own), comment: comment3 && within(comment3) });
  } catch (error) {
    return { status: "failed", reason: explain(error, "check") };
  }
}
function scoped(section, scope) {
  const { series, run: run2 } = section;
  const workflow = shortHash(`${scope} ${run2.workflow}`).slice(0, 8);
  return { ...section, series: shortHash(`${scope} ${series}`), run: { ...run2, workflow } };
}
async function settle(options2) {
  const { own, sleep, random = Math.random } = options2;
  const speaks = own.some((section) => !isOfRun(section) || !isQuiet(section));
  let known2 = [];
  let faults = 0;
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const existing = await readCheckRun(options2);
    if (existing === null && options2.onlyExisting === true) return { status: "absent" };
    const wanted = await withEnded(options2, wantedOf(options2, existing, known2, tries === 1));
    known2 = wanted.sections;
    const { conclusion } = wanted;
    if ((tries > 1 || !speaks) && existing !== null && isAs(existing, wanted))
      return { status: "written", conclusion };
    let waitMs = 0;
    try {
      await writeCheckRun(options2, existing, wanted, tries === 1);
      faults = 0;
    } catch (error) {
      const fault = error instanceof AmbiguousWrite ? { status: "lost" } : classify(error, Date.now());
      waitMs = "waitMs" in fault ? fault.waitMs ?? 0 : 0;
      faults++;
      if (options2.hasty || fault.status === "final" || faults >= MAX_FAULTS || waitMs > MAX_WAIT_MS)
        throw error;
    }
    if (options2.hasty || Buffer.byteLength(textOf(wanted.sections)) > MAX_BYTES2)
      return { status: "written", conclusion };
    await sleep(Math.max(SETTLE_MS2 + (tries - 1) * SETTLE_MS2 * random(), waitMs));
  }
  return { status: "failed", reason: "could not write the check run: other jobs kept overwriting it" };
}
function wantedOf(options2, existing, known2, first) {
  const current = options2.sha.slice(0, 12);
  const found2 = existing?.sections ?? [];
  const { own, comment: comment3, hasty } = options2;
  const others = first ? [...found2, ...comment3 ?? []].sort(byRuling) : [...known2, ...found2];
  const ruled = own.map((section) => asItsJobRuled(section, found2));
  const all = hasty === true ? [...ruled, ...others] : [...others, ...ruled];
  const merged = mergeSections(all.filter(({ sha: sha2 }) => sha2 === current));
  const awaited = awaitedOf(options2, existing);
  const sections = merged.filter(
    (section) => !isQuiet(section) || found2.some(({ series }) => series === section.series) || awaited.some(({ run: run2, legs }) => run2 === section.run.id && reportedOf(merged, run2) < legs)
  );
  return { sections, awaited, conclusion: concluded(sections, options2.failOn, awaited) };
}
async function withEnded({ hasEnded, failOn }, wanted) {
  if (hasEnded === void 0 || wanted.conclusion !== null) return wanted;
  const sections = [];
  for (const section of wanted.sections) {
    const isLost = section.state === "measuring" && await hasEnded(section.run.id);
    sections.push(isLost ? { ...section, state: "final", verdict: "cancelled" } : section);
  }
  const awaited = [];
  for (const one of wanted.awaited) {
    const ended = outstanding(sections, [one]).length > 0 && await hasEnded(one.run);
    awaited.push(ended ? { ...one, ended } : one);
  }
  return { sections, awaited, conclusion: concluded(sections, failOn, awaited) };
}
var isAs = (existing, wanted) => existing.extras.length === 0 && existing.conclusion === wanted.conclusion && formatAwaited(existing.awaited) === formatAwaited(wanted.awaited) && textOf(mergeSections(existing.sections)) === textOf(wanted.sections);
function awaitedOf({ own, legs }, existing) {
  const known2 = existing?.awaited ?? [];
  const run2 = own.find((section) => !isQuiet(section))?.run;
  if (run2 === void 0) return known2;
  const before = known2.find(({ workflow }) => workflow === run2.workflow);
  if (before !== void 0 && before.run > run2.id) return known2;
  const least = before?.run === run2.id ? before.legs : 0;
  const now = { workflow: run2.workflow, run: run2.id, legs: Math.max(legs ?? 0, least), ended: false };
  return [...known2.filter(({ workflow }) => workflow !== run2.workflow), now].slice(-MAX_AWAITED);
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
  const older = staleSeries(current, head);
  const leavable = current.filter((section) => older.has(section.series) && !isOwn(section) && !isOfRun(section)).sort((a, b) => a.run.id - b.run.id);
  for (let gone = 0; body.length > limit && gone < leavable.length; ) {
    gone += Math.max(1, Math.floor((body.length - limit) * current.length / body.length));
    const left = new Set(leavable.slice(0, gone));
    current = current.filter((section) => !left.has(section));
    body = renderBody(keyHash, current, telling(renderFrame2, left.size), head);
  }
  if (body.length <= limit) return { body, sections: current };
  throw new CommentTooLongError(
    `${sections.length} sections do not fit into a comment of ${limit} characters; give some jobs another \`comment-key\``
  );
}
function telling(renderFrame2, left) {
  const what = left === 1 ? "1 series was" : `${left} series were`;
  const words = `_${what} measured at older commits alone and left out here: a comment holds no more._`;
  return (heads) => {
    const { top, bottom } = renderFrame2(heads);
    return { top: `${top}

${words}`, bottom };
  };
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
  const line = section.text.split("\n").find((text4) => text4.trim() !== "") ?? "";
  const points = [...line];
  const text3 = points.length > 200 ? `${points.slice(0, 199).join("").replace(/[`<>|*[\]]/g, "")}\u2026` : line;
  return { ...section, form: "line", text: `${text3}

_The rest is in the summary of the run._` };
}
function bare(section) {
  return { ...section, form: "bare", text: "" };
}

// src/github/comment.ts
var SETTLE_MS3 = 2e3;
var CROWD_MS = 500;
var MAX_CROWD_MS = 15e3;
var MAX_WRITES = 20;
var MAX_LOOKS = 40;
var MAX_FAULTS2 = 5;
var MAX_WAIT_MS2 = 12e4;
async function upsertComment(options2) {
  const keyHash = typeof options2.key === "string" ? shortHash(options2.key) : options2.key.hash;
  const thread = openThread(options2.client, options2.repo, options2.issue, keyHash);
  try {
    return await settle2(thread, keyHash, options2);
  } catch (error) {
    if (isReadOnlyToken(error)) return { status: "read-only", reason: explain(error, "comment") };
    const reason2 = error instanceof CommentTooLongError ? `could not comment on the pull request: ${error.message}` : explain(error, "comment");
    return { status: "failed", reason: reason2 };
  }
}
async function settle2(thread, keyHash, options2) {
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
    const { body, sections } = fitBody(keyHash, wanted, shorts, renderFrame2, COMMENT_LENGTH, head);
    const complete = first !== void 0 && (done.writes === 0 && !superseded ? sameBody(first.body, body) : containsAll(parseSections(first.body), sections));
    if (complete) {
      const left = await tidy(thread, first, extras, shorts, done, options2.log);
      if (left === 0) return { status: superseded ? "superseded" : done.status, ...place(first), sections };
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
      if (options2.hasty === true) return { status: "hasty", before: known2, written: fault === null };
      waitMs = fault?.waitMs ?? 0;
    }
    await sleep(Math.max(SETTLE_MS3 + SETTLE_MS3 * looks * random(), waitMs));
  }
}
async function readOwn(thread, done) {
  if (done.status === "updated" && done.id !== null && done.extras.size === 0) {
    const comment3 = await thread.read(done.id);
    if (comment3 !== null) return [comment3];
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
    if (fault.status === "final" || done.faults >= MAX_FAULTS2 || waitMs > MAX_WAIT_MS2) throw error;
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
    ...own.ruling && { ruling: own.ruling },
    ...own.finding && { finding: own.finding },
    form: "full",
    text: own.body
  };
}
function workflowHash(workflow) {
  return shortHash(workflow).slice(0, 8);
}
function place(comment3) {
  return { id: comment3.id, url: comment3.url };
}

// src/action/section.ts
var FRAME_ROOM = 2e3;
function reportSection(place2, report2, accepted, ruling) {
  const extra = withAcceptanceLines("", accepted).length;
  const failing = failingIds(place2.series, report2);
  return {
    ...frame(place2),
    state: "final",
    verdict: shownVerdict(report2),
    ruling,
    finding: {
      reportedAt: place2.reportedAt ?? Math.floor(Date.now() / 1e3),
      failing: failing.slice(0, MOST_FAILING),
      more: failing.length > MOST_FAILING
    },
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
function unjudgedSection(place2, error, { signal: signal2, secrets }) {
  if (signal2.aborted) return cancelledSection(place2);
  return brokenSection(place2, redact(error instanceof Error ? error.message : String(error), secrets));
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
function runSection({ run: run2, conclusion, lines }, sha2) {
  const { path: workflow, id: id2, number, attempt: attempt3 } = run2;
  const text3 = lines.join("\n");
  return {
    series: `the whole run of ${workflow}`,
    title: conclusion === "failure" ? "refused" : "not reported",
    state: "final",
    verdict: conclusion === "failure" ? "failed" : conclusion === "cancelled" ? "cancelled" : "none",
    run: { workflow, id: id2, number, attempt: attempt3 },
    sha: sha2,
    ruling: { conclusion, by: "run" },
    body: text3,
    short: () => text3
  };
}
function silentText(url) {
  const link2 = linkTarget(url);
  const run2 = link2 === null ? "" : ` [Run and its log](${link2})`;
  return `### \u23F9\uFE0F Never reported

The run ended before this job had a result: it was cancelled, lost its machine, or failed before it could say so.${run2}`;
}
function placeOf({ result: { series, origin }, workflow }, title, headSha) {
  if (origin === null) throw new Error("a result of a workflow run has an origin");
  return { series, title, sha: headSha, origin, workflow };
}
function frame({ series, title, sha: sha2, origin, workflow }) {
  const { runId: id2, runNumber: number, runAttempt: attempt3 } = origin;
  return { series, title, sha: sha2, run: { workflow, id: id2, number, attempt: attempt3 } };
}
function said(heading2, words, { title, sha: sha2, origin }) {
  const url = linkTarget(origin.url);
  const facts = [
    ...title === "" ? [] : [code(title, 100)],
    code(sha2.slice(0, 7)),
    ...url === null ? [] : [`[Run and its log](${url})`]
  ].join(" \xB7 ");
  const text3 = [`### ${heading2}`, words, facts].filter((part) => part !== "").join("\n\n");
  return { body: text3, short: () => text3 };
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
  if (event.type !== "pull_request" || inputs.comment === "never" || client === null || mayOnlyRead(event))
    return { judgedBefore: again, acceptedBefore: false };
  const outcome = await put(context, event, client, {
    sections: [measuringSection(placeOf2(context, request, event))],
    create: inputs.comment === "auto" && !isOneOfMany(context),
    hasty: true
  });
  const head = event.head.sha.slice(0, 12);
  const before = (outcome.status === "hasty" ? outcome.before : []).filter(
    ({ sha: sha2, state }) => sha2 === head && state === "final"
  );
  return {
    judgedBefore: again || before.length > 0,
    acceptedBefore: before.some(({ verdict }) => verdict === "accepted")
  };
}
async function readAcceptances(context) {
  const { event, client, repo, log } = context;
  if (event.type !== "pull_request" || client === null) return null;
  try {
    return acceptedIn(await listOwnComments(client, repo, event.number), event.head.sha);
  } catch (error) {
    log.warning(`${explain(error, "comment")}. What was accepted on the pull request is not known here`);
    return null;
  }
}
var NOT_ASKED = { used: NONE_ACCEPTED, known: null };
var LAST_TRIES = 2;
var CANCELLED_MS = 2e3;
var NOWHERE = { url: null, sections: null };
async function comment(context, request, report2, { used, known: known2 }, ruling) {
  const { event, inputs, client, log } = context;
  if (event.type !== "pull_request" || inputs.comment === "never") return NOWHERE;
  if (client === null) {
    log.notice("There is no token, so the pull request gets no comment; the report is in the step summary.");
    return NOWHERE;
  }
  const section = reportSection(placeOf2(context, request, event), report2, used, ruling);
  const current = await currentHead(context, client, event);
  const options2 = {
    sections: [section],
    create: current.open && (inputs.comment === "auto" || ALERTS.has(report2.verdict)),
    head: current.head,
    // Whatever of ours comes by takes back what stands there as accepted and is not.
    ...known2 && { revise: lapsing(known2, event.head.sha) },
    crowd: isOneOfMany(context) ? CROWD : 1
  };
  const outcome = await put(context, event, client, options2);
  const refused = outcome.status === "failed" || outcome.status === "read-only" && !mayOnlyRead(event);
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
    const isRefused = outcome.status === "failed" || outcome.status === "read-only";
    if (outcome.status === "hasty" ? outcome.written : !isRefused) return true;
    if (context.signal.aborted && performance.now() - began > CANCELLED_MS) return false;
  }
  return false;
}
async function retract(context, named2, error) {
  const { event, inputs } = context;
  if (event.type !== "pull_request" || inputs.comment === "never" || mayOnlyRead(event)) return;
  await insist(context, event, unjudgedSection(placeOf2(context, named2, event), error, context));
}
function tell({ event, inputs, log }, outcome) {
  switch (outcome.status) {
    case "skipped":
    case "hasty":
      return NOWHERE;
    case "read-only":
      log.notice(
        event.type === "pull_request" && event.fork ? `The report is in the step summary. This run may not comment, as its pull request is a fork's${inputs.uploadResult ? ": the workflow that `perf-baseline init --forks` writes judges the artifact and comments, where the default branch has it" : ""}.` : `The report is in the step summary. ${outcome.reason}`
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
function placeOf2({ origin, workflow }, { series, title }, event) {
  return { series, title, sha: event.head.sha, origin, workflow };
}

// src/action/settle-check.ts
async function settleCheck(context, client, sha2) {
  const { repo, inputs, event, origin, sleep } = context;
  const outcome = await writeCheck({
    ...{ client, repo, sha: sha2, sleep },
    scope: event.type,
    own: [],
    comment: null,
    legs: null,
    onlyExisting: true,
    hasEnded: endedRuns(context, client),
    failOn: inputs.failOn,
    summary: formatHeading,
    annotations: [],
    url: origin.url
  });
  tellOfCheck(context, outcome);
}
function endedRuns({ repo, log }, client) {
  return onceEach(async (id2) => {
    try {
      return (await readRun(client, repo, id2)).status === "completed";
    } catch (error) {
      if (httpStatus(error) === 404) return true;
      log.warning(`${explain(error, "read-runs")}. Whether run ${id2} is still at work is not known`);
      return false;
    }
  });
}
function tellOfCheck({ inputs, log }, outcome) {
  if (outcome.status === "written") log.info(`check run: ${outcome.conclusion ?? "in progress"}`);
  else if (outcome.status === "failed" && inputs.check) log.warning(outcome.reason);
  else log.debug(`check run: ${outcome.status}`);
}

// src/github/summary.ts
var SUMMARY_BYTES = 1024 * 1024;
async function writeSummary(summary2, full, short) {
  const form = Buffer.byteLength(full) <= SUMMARY_BYTES ? "full" : "short";
  const text3 = form === "full" ? full : cutLines(short(), SUMMARY_BYTES);
  try {
    await summary2.addRaw(text3).write({ overwrite: true });
    return { status: "written", form };
  } catch (error) {
    return { status: "failed", reason: `could not write the step summary: ${error.message}` };
  }
}
function cutLines(text3, bytes) {
  if (Buffer.byteLength(text3) <= bytes) return text3;
  const note = "\n\n_The rest does not fit into a step summary._\n";
  const room = Buffer.from(text3).subarray(0, bytes - Buffer.byteLength(note));
  const end = room.lastIndexOf(10);
  return room.subarray(0, Math.max(0, end)).toString("utf8") + note;
}

// src/action/tell-maintainer.ts
async function tellMaintainer({ log }, lines, judged) {
  noticeAll(log, lines, "the summary of this job");
  const reports = (format2) => judged.map(format2).join("\n\n---\n\n");
  const text3 = (body) => [linesText(lines), body].filter((part) => part !== "").join("\n\n");
  if (lines.length + judged.length === 0) return;
  const summary2 = await writeSummary(
    summary,
    text3(reports(({ report: report2, accepted }) => withAcceptanceLines(formatMarkdown(report2), accepted))),
    () => text3(reports(({ report: report2 }) => formatShortSection(report2)))
  );
  if (summary2.status === "failed") log.warning(summary2.reason);
}
var linesText = (lines) => lines.map((line) => `- \u26A0\uFE0F ${prose(line, 600)}`).join("\n");
var SHOWN = 9;
function noticeAll(log, lines, where) {
  const shown2 = lines.length > SHOWN ? SHOWN - 1 : lines.length;
  for (const line of lines.slice(0, shown2)) log.notice(plain(line));
  if (shown2 === lines.length) return;
  log.notice(`And ${lines.length - shown2} more: ${where} has them all.`);
  for (const line of lines.slice(shown2)) log.info(plain(line));
}

// src/action/render-again.ts
async function renderAgain(context, again) {
  const { pull, judged, word, remarks = [] } = again;
  const client = requireClient(context, "publishing");
  const sections = judged.map((one) => sectionOf(context, one, pull.headSha));
  const ofRun = word === void 0 ? [] : [runSection(word, pull.headSha)];
  const commented = context.inputs.comment === "never" ? { url: null, sections: null } : tell(
    context,
    await upsertComment({
      client,
      repo: context.repo,
      issue: pull.number,
      key: again.key,
      sections: word?.silent === true ? sections : [...sections, ...ofRun],
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
  if ((judged.length > 0 || again.mends || word !== void 0) && (check2 || context.event.type === "issue_comment"))
    await checkAgain(context, again, [...sections, ...ofRun].map(toSection), commented.sections);
  return commented;
}
function sectionOf(context, judged, sha2) {
  const { stored, title, report: report2, accepted, lacking: lacking2, reportedAt } = judged;
  const { failOn = context.inputs.failOn } = judged;
  const ruling = ruleOn(shownVerdict(report2), failOn, {
    // A verdict without the baseline that is there lets nothing pass.
    failed: brokenBaseline(judged.judged) !== null || failsAnyway(judged, failOn) || isFailedElsewhere(judged),
    lacking: lacking2.length > 0
  });
  const place2 = placeOf(stored, title, sha2);
  return reportSection(reportedAt === void 0 ? place2 : { ...place2, reportedAt }, report2, accepted, ruling);
}
async function checkAgain(context, again, own, comment3) {
  const { pull, judged, word } = again;
  const texts = judged.map(
    ({ report: report2, accepted }) => withAcceptanceLines(formatShortSection(report2), accepted)
  );
  if (word?.conclusion === "failure") texts.push(refusedText(word.reasons));
  else if (word !== void 0) texts.push(word.lines.join("\n"));
  const client = requireClient(context, "the check run");
  if (pull.fork && await isOfAnother(context, client, pull)) return;
  const outcome = await writeCheck({
    client,
    repo: context.repo,
    sha: pull.headSha,
    scope: String(pull.number),
    own,
    comment: comment3,
    // One is what a job that stands alone has without being told.
    legs: context.inputs.legs > 1 ? context.inputs.legs : null,
    onlyExisting: !context.inputs.check || judged.length === 0 && word?.conclusion !== "failure",
    hasEnded: endedRuns(context, client),
    failOn: context.inputs.failOn,
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
  tellOfCheck(context, outcome);
}
async function isOfAnother({ repo, log }, client, { headSha }) {
  try {
    const own = await ownWithHead(client, repo, headSha);
    if (own !== null)
      log.notice(`The check run is left alone: ${headSha.slice(0, 7)} is the head of #${own} too.`);
    return own !== null;
  } catch (error) {
    log.warning(`${explain(error, "read-pull-request")}. The check run is left as it is: run this job again`);
    return true;
  }
}
var MOST_REASONS = 20;
function refusedText(reasons) {
  const more = reasons.length - MOST_REASONS;
  const left = more > 0 ? `
- and ${more} more, in the summary of the run that published this` : "";
  return `### \u{1F6D1} Refused: nothing that was uploaded for this commit could be used

${linesText(reasons.slice(0, MOST_REASONS))}${left}`;
}
var isFailedElsewhere = ({ isConfigured, stored: { claimed } }) => !isConfigured && (claimed === "failed" || claimed === "regressed");
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
function verifiedCopies(window, listed3) {
  return new Map([...allCopies(window)].filter(([name, copy]) => blobSha(copy) === listed3.get(name)));
}
function allCopies(window) {
  const copies = /* @__PURE__ */ new Map();
  for (const [name, text3] of Object.entries(parseWindow(window)).slice(0, WINDOW_ENTRIES)) {
    if (typeof text3 === "string") copies.set(name, Buffer.from(text3, "base64"));
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
function printable(text3) {
  const plain2 = text3.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
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
  const found2 = /* @__PURE__ */ new Map();
  const unreadable = [];
  let downloads = 0;
  for (const run2 of await artifacts.pushRuns(RUNS)) {
    if (downloads >= DOWNLOADS || found2.size >= query.limit) break;
    let opened = false;
    for (const artifact of ofSeries(await artifacts.artifactsOf(run2), query.series)) {
      const location = `artifact ${artifact.name} of run ${run2}`;
      const place2 = { location, series: query.series, repository: artifacts.repository };
      const items = await openArtifact(artifacts, artifact, place2, run2);
      if (items.length > 0) opened = true;
      for (const item of items) {
        if ("reason" in item) unreadable.push(item);
        else if (!found2.has(item.result.id)) found2.set(item.result.id, item);
      }
    }
    if (opened) downloads += 1;
  }
  const ordered = newestFirst([...found2.values()]).slice(0, query.limit);
  return { entries: ordered.map(({ file: { result, location } }) => ({ result, location })), unreadable };
}
function ofSeries(listed3, series) {
  const hash2 = seriesHash(series);
  return listed3.flatMap((artifact) => {
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
  const decode2 = (name) => {
    const bytes = files.get(name);
    return bytes === void 0 ? null : decodeResult(bytes, where, CAPS.storedTextBytes);
  };
  const [result, base] = [decode2(RESULT_FILE), decode2(BASE_FILE)];
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
  const listed3 = await artifacts.find(uploaded.id);
  const sound = listed3?.name === name && (!listed3.digest || !uploaded.digest || listed3.digest === uploaded.digest);
  if (!sound)
    throw new TransientStoreError(
      `could not store the baseline: artifact ${name} is not there as it was uploaded`
    );
}

// src/action/stored-results.ts
var MOST = 64;
async function readStoredResults(artifacts, run2, only = {}) {
  const found2 = { results: [], refused: [], unread: [] };
  const listed3 = await artifacts.artifactsOf(run2.id);
  const options2 = {
    upTo: only.upTo ?? run2.attempt,
    ...only.series !== void 0 && { series: seriesHash(only.series) }
  };
  const { skip = () => false } = only;
  const wanted = newest(listed3, options2).filter(({ series, attempt: attempt3 }) => !skip(series, attempt3));
  const [later, ...more] = ofLaterAttempts(listed3, run2.attempt, options2.series);
  if (later !== void 0)
    found2.refused.push(
      `artifact ${later} of run ${run2.id} is named for a later attempt than ${run2.attempt}, which this run is at${more.length === 0 ? "" : `, and so are ${more.length} more`}`
    );
  if (wanted.length > MOST)
    found2.refused.push(
      `run ${run2.id} has uploaded ${wanted.length} results, and at most ${MOST} are opened: the other ${wanted.length - MOST} were left out`
    );
  for (const { artifact, attempt: attempt3 } of wanted.slice(0, MOST)) {
    const where = `artifact ${artifact.name} of run ${run2.id}`;
    try {
      const zip = artifact.expired ? "gone" : await artifacts.download(artifact, ZIP_BYTES);
      if (zip === "gone") {
        found2.refused.push(`${where} has expired or was deleted; run the measurement again`);
        continue;
      }
      const uploaded = await readUploadedResult(zip, where);
      expectOf(run2, artifacts.repository, artifact.name, attempt3, uploaded, where);
      found2.results.push({
        where,
        workflow: run2.path,
        series: uploaded.result.series,
        claimed: uploaded.result.verdict,
        attempt: attempt3,
        since: artifact.createdAt ?? "",
        result: asKnown(uploaded.result, run2, artifact, attempt3, artifacts.repository),
        base: uploaded.base
      });
    } catch (error) {
      if (error instanceof DocumentError) found2.refused.push(error.message);
      else if (error instanceof StoreError) found2.unread.push(error.message);
      else throw error;
    }
  }
  return found2;
}
function newest(listed3, { upTo, series }) {
  const bySeries = /* @__PURE__ */ new Map();
  for (const artifact of listed3) {
    const name = parseArtifactName(artifact.name);
    if (name?.kind !== "result" || name.attempt > upTo) continue;
    if (series !== void 0 && name.series !== series) continue;
    const known2 = bySeries.get(name.series);
    const isLater = known2 === void 0 || name.attempt > known2.attempt || name.attempt === known2.attempt && name.upload >= known2.upload;
    if (isLater) bySeries.set(name.series, { artifact, ...name });
  }
  return [...bySeries.values()];
}
function ofLaterAttempts(listed3, attempt3, series) {
  return listed3.flatMap(({ name }) => {
    const parsed = parseArtifactName(name);
    const isLater = parsed?.kind === "result" && parsed.attempt > attempt3;
    return isLater && (series === void 0 || parsed.series === series) ? [name] : [];
  });
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
  if (isCancelled(result) || base !== null && isCancelled(base))
    refuse("it says that it was cancelled, and what is cancelled uploads nothing");
  for (const scenario of [...result.scenarios, ...base?.scenarios ?? []]) {
    const metric = redefined(scenario);
    if (metric !== void 0)
      refuse(
        `${JSON.stringify(scenario.name)} has a metric ${JSON.stringify(metric)} that is not defined so here`
      );
  }
}
var isCancelled = ({ sampling, scenarios }) => sampling.stopped === "cancelled" || scenarios.some(({ outcome }) => outcome.status === "failed" && outcome.failure.reason === "cancelled");
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
  const listed3 = new Map(newestFirst(files).map(({ file, name }) => [name, file.sha]));
  return verifiedCopies(await git.readBlob(window.sha), listed3);
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
    const text3 = `${JSON.stringify({ series: writing.result.series }, null, 2)}
`;
    changes.push({ path: seriesFile, text: text3 });
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
      const found2 = await unlessAbsent(() => actions.getArtifact({ ...repo, artifact_id: id2 }));
      return found2 && listed(found2.data);
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
  const written2 = /* @__PURE__ */ new Set();
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
  const list2 = async (tree, recursive) => {
    const key = `${tree} ${recursive}`;
    const known2 = listings.get(key);
    if (known2 !== void 0) return known2;
    const { data } = await call2(
      "read-baseline",
      () => git.getTree({ ...repo, tree_sha: tree, ...recursive ? { recursive: "1" } : {} })
    );
    const listed3 = {
      files: data.tree.flatMap(
        (entry) => entry.type === "blob" ? [{ path: entry.path, sha: entry.sha, bytes: entry.size ?? 0 }] : []
      ),
      folders: data.tree.flatMap(
        (entry) => entry.type === "tree" ? [{ path: entry.path, sha: entry.sha }] : []
      ),
      truncated: data.truncated
    };
    listings.set(key, listed3);
    return listed3;
  };
  const walk = async (tree, folder) => {
    let at = tree;
    for (const name of folder.split("/")) {
      const next = (await list2(at, false)).folders.find((entry) => entry.path === name);
      if (next === void 0) return [];
      at = next.sha;
    }
    const listed3 = await list2(at, true);
    if (listed3.truncated)
      throw new StoreError(
        `${folder} holds more files than GitHub lists: delete the branch of the baselines to start over`
      );
    return listed3.files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
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
      const all = await list2(tree, true);
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
      if (written2.has(sha2)) return sha2;
      const content = Buffer.from(bytes).toString("base64");
      const { data } = await call2(
        "store-baseline",
        () => git.createBlob({ ...repo, content, encoding: "base64" })
      );
      if (data.sha !== sha2)
        throw new TransientStoreError(
          `could not store the baseline: GitHub received ${data.sha} instead of ${sha2}`
        );
      written2.add(sha2);
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
    return keyHash === void 0 ? [] : mergeSections(parseSections(body).map((section) => ({ ...section, keyHash }))).filter(
      (section) => !isQuiet(section)
    );
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
  const found2 = { results: [], refused: [], unjudged: [...sections] };
  const ancestors = once(() => listAncestors(client, repo, pull.baseSha, log));
  for (const id2 of new Set(sections.map(({ run: run2 }) => run2.id))) {
    const run2 = await explained("read-runs", () => readRun(client, repo, id2));
    if (run2.event !== "pull_request" || run2.headSha !== pull.headSha) {
      found2.refused.push(`run ${id2} did not measure this head`);
      continue;
    }
    const workflow = posix3.basename(run2.path);
    const store = openStore(context, workflow);
    if (store === null) throw new Error("a token opens a store");
    const { artifacts } = artifactPorts(context, workflow);
    const { results, refused, unread } = await readStoredResults(artifacts, run2);
    if (unread[0] !== void 0) throw new UsageError(`${capitalised(unread[0])}. Run this job again.`);
    found2.refused.push(...refused);
    const trust = trustIn(context, run2, pull, !pull.fork && !run2.dependabot);
    for (const stored of results) {
      const section = sections.find((one) => one.run.id === id2 && one.series === shortHash(stored.series));
      if (section === void 0) continue;
      if (stored.attempt !== section.run.attempt) {
        found2.refused.push(`${stored.where} is of attempt ${stored.attempt}, which is not reported yet`);
        continue;
      }
      const judged = await judgeAgain(stored, { context, store, ancestors, acceptances, ...trust(stored) });
      if ("refused" in judged) {
        found2.refused.push(judged.refused);
        continue;
      }
      const broken = brokenBaseline(judged.judged);
      if (broken !== null) throw new UsageError(`${broken}. Run this job again.`);
      const other = otherFinding(section, judged);
      if (other !== null) {
        found2.refused.push(`${stored.where}: ${other}`);
        continue;
      }
      const by = section.ruling?.by;
      found2.results.push({
        ...judged,
        keyHash: section.keyHash,
        ...by !== void 0 && by !== "run" && { failOn: by },
        ...section.finding && { reportedAt: section.finding.reportedAt }
      });
      found2.unjudged = found2.unjudged.filter((one) => one !== section);
    }
  }
  return found2;
}
var COMPARED = /* @__PURE__ */ new Set([
  "regressed",
  "inconclusive",
  "improved",
  "unchanged",
  "accepted"
]);
function otherFinding({ verdict, finding }, { stored, unaccepted }) {
  const failing = failingIds(stored.series, unaccepted);
  const { failing: shown2 = [], more = false } = finding ?? {};
  const isSame = shown2.every((id2) => failing.includes(id2)) && (!more || failing.length > shown2.length);
  if (isSame && !(unaccepted.verdict === "new" && COMPARED.has(verdict))) return null;
  return "what it was compared with, or the limits that it was held to, cannot be found here; the `config`, `baseline-store` and `baseline-branch` of this workflow have to be those of the one that measured";
}
var capitalised = (text3) => text3.charAt(0).toUpperCase() + text3.slice(1);
async function renderReported(context, { pull, judge: judge2 }, acceptances) {
  const { results, refused, unjudged } = await judge2(context, acceptances);
  noticeAll(
    context.log,
    refused.map((reason2) => `Refused: ${reason2}`),
    "the log of this job"
  );
  const revise = lapsing(acceptances, pull.headSha);
  const lapsed = unjudged.filter((section) => revise(section) !== section);
  for (const hash2 of new Set([...results, ...lapsed].map(({ keyHash }) => keyHash))) {
    const judged = results.filter(({ keyHash }) => keyHash === hash2);
    const mends = lapsed.some(({ keyHash }) => keyHash === hash2);
    await renderAgain(context, { pull, key: { hash: hash2 }, judged, create: false, revise, mends });
  }
}
async function repeatReported({ repo }, client, { current, silent, pull }) {
  const lines = [];
  const ended = [...current, ...silent.map(({ section }) => section)];
  for (const id2 of new Set(ended.map(({ run: run2 }) => run2.id))) {
    const run2 = await explained("read-runs", () => readRun(client, repo, id2));
    const link2 = `[run ${run2.number}](${run2.url})`;
    if (run2.headSha !== pull.headSha) continue;
    if (run2.status !== "completed") {
      lines.push(`${link2} is still running.`);
      continue;
    }
    const ofRun = ended.filter((section) => section.run.id === id2);
    const names = ofRun.map((section) => isOfRun(section) ? "" : section.title.split(" (", 1)[0] ?? "");
    try {
      await explained("rerun", () => repeatJobs(client, repo, id2, [...new Set(names)]));
      lines.push(
        `${link2} measures \`${pull.headSha.slice(0, 7)}\` again. Its blocks are judged together with the earlier ones.`
      );
    } catch (error) {
      if (!(error instanceof UsageError) || error instanceof DocumentError) throw error;
      lines.push(`${link2} was not repeated. ${error.message}.`);
    }
  }
  return lines.join("\n") || "There is no run to repeat.";
}

// src/action/show-accepted.ts
import { isDeepStrictEqual } from "node:util";
var MOST_LOOKS = 8;
async function showAccepted(context, number) {
  const { repo, log } = context;
  const client = requireClient(context, "answering a command");
  let shown2 = null;
  for (let looks = 1; looks <= MOST_LOOKS; looks++) {
    const pull = await explained("read-pull-request", () => readPullRequest(client, repo, number));
    if (pull.state !== "open") return;
    const own = await explained("comment", () => listOwnComments(client, repo, number));
    const reported = readReported(pull, own);
    const isAccepted = reported.current.some(({ verdict }) => verdict === "accepted");
    const answers = answersAmong(own);
    if (!isDecided(answers, pull.headSha) && !isAccepted) return;
    const acceptances = acceptancesFor(answers, pull.headSha, /* @__PURE__ */ new Date());
    const holds2 = JSON.stringify([pull.headSha, acceptances]);
    if (holds2 === shown2) return;
    await renderReported(context, reported, acceptances);
    shown2 = holds2;
  }
  log.warning("What is accepted changed at every look. `/perf-baseline status` shows what holds.");
}
async function showChanged(context, { number, headSha }, shown2) {
  try {
    const client = requireClient(context, "reading what is accepted");
    const own = await explained("comment", () => listOwnComments(client, context.repo, number));
    if (isDeepStrictEqual(acceptedIn(own, headSha), shown2)) return;
    await showAccepted(context, number);
  } catch (error) {
    context.log.warning(
      `${error.message}. Whether what is accepted has changed meanwhile is not known; \`/perf-baseline status\` shows what holds`
    );
  }
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
        const ended = over ? section.run.attempt <= run2.attempt : section.run.attempt === run2.attempt && jobs.some(({ name, status }) => name === section.title && status === "completed");
        if (ended) silent.push({ section, url: run2.url });
      }
    } catch (error) {
      log.warning(`${explain(error, "read-runs")}. Whether run ${id2} is still at work is not known`);
    }
  }
  const found2 = new Set(silent.map(({ section }) => section));
  return { ...reported, silent, measuring: reported.measuring.filter((section) => !found2.has(section)) };
}
async function mendSilent(context, client, { pull, silent, current }) {
  const sections = [...silent.map(({ section }) => section), ...current];
  if (sections.length === 0) await settleCheck(context, client, pull.headSha);
  for (const hash2 of new Set(sections.map(({ keyHash }) => keyHash))) {
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
  const { comment: comment3, number } = event;
  const { log, repo } = context;
  const parsed = parseComment(comment3.body);
  if (event.action !== "created" || !event.isPullRequest || comment3.author.bot || parsed.status === "none") {
    log.info("This is no new comment of a person with a command for perf-baseline: nothing to do.");
    return;
  }
  const client = requireClient(context, "answering a command");
  if (!await isAllowed(context, client, event)) return;
  const body = await explained("comment", () => readCommentBody(client, repo, comment3.id));
  if (body !== comment3.body) {
    log.notice("The command was edited or deleted after it was sent: it has no effect. Write a new comment.");
    if (body !== null) await explained("comment", () => react(client, repo, comment3.id, "-1"));
    return;
  }
  const isFirst = await explained("comment", () => react(client, repo, comment3.id, "eyes"));
  if (await wasAnswered(context, client, event, isFirst ? 1 : PATIENCE)) {
    log.info("This command has its answer already.");
    await showAccepted(context, number);
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
      { comment: comment3.id, head: done.head, effect: done.effect },
      done.words,
      context.sleep
    )
  );
  log.info(`answered: ${sanitiseLine(done.words.split("\n")[0] ?? "")}`);
  if ("afterwards" in done) await done.afterwards?.();
  const isShown = parsed.status === "command" && parsed.command.verb === "status";
  if (!isShown) await showAccepted(context, number);
}
async function isAllowed({ repo, log }, client, { comment: comment3 }) {
  let why = `${comment3.author.login} may not write to this repository`;
  try {
    if (await mayWrite(client, repo, comment3.author)) return true;
  } catch (error) {
    why = `${explain(error, "read-collaborators")}, so it counts as not allowed`;
  }
  log.notice(`The command was not carried out: ${why}.`);
  await explained("comment", () => react(client, repo, comment3.id, "-1"));
  return false;
}
async function wasAnswered({ repo, sleep }, client, { comment: comment3, number }, most) {
  for (let looks = 1; ; looks++) {
    const own = await explained("comment", () => listOwnComments(client, repo, number));
    if (isAnswered(own, comment3.id)) return true;
    if (looks >= most) return false;
    await sleep(PATIENCE_MS);
  }
}
async function carryOut(context, client, event, command) {
  const { repo } = context;
  const { number } = event;
  const plain2 = (words, head = "") => ({ words, head, effect: "none" });
  if (command.verb === "help") return plain2(HELP);
  const trouble = command.verb === "status" ? await tryToShow(context, number) : null;
  const pull = await explained("read-pull-request", () => readPullRequest(client, repo, number));
  const own = await explained("comment", () => listOwnComments(client, repo, number));
  const answers = answersAmong(own);
  if (command.verb === "revoke" && pull.state !== "open") return revoke(event, pull.headSha, answers, CLOSED);
  if (pull.state !== "open") return plain2(CLOSED);
  const acceptances = acceptancesFor(answers, pull.headSha, /* @__PURE__ */ new Date());
  const reported = await findSilent(context, client, readReported(pull, own));
  const mend = () => mendSilent(context, client, reported);
  if (command.verb === "status")
    return { ...plain2(statusWords(reported, acceptances, trouble), pull.headSha), afterwards: mend };
  if (command.verb === "rerun" && reported.current.length + reported.silent.length > 0)
    return plain2(await repeatReported(context, client, reported), pull.headSha);
  const missing = reported.current.length === 0 ? notReported(reported) : null;
  if (command.verb === "revoke")
    return { ...revoke(event, pull.headSha, answers, missing), afterwards: mend };
  if (missing !== null || command.verb !== "accept")
    return { ...plain2(missing ?? "", pull.headSha), afterwards: mend };
  return { ...await accept(context, event, command, reported, acceptances), afterwards: mend };
}
var CLOSED = "This pull request is closed: nothing is measured or accepted any more.";
async function tryToShow(context, number) {
  try {
    await showAccepted(context, number);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
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

// src/action/check.ts
import { setTimeout as delay3 } from "node:timers/promises";
var CANCELLED_MS2 = 4e3;
async function beginCheck(context, named2) {
  const { client, inputs, event, log, origin, workflow } = context;
  if (!inputs.check || client === null) return;
  if (event.type !== "pull_request" && event.type !== "merge_group") return;
  if (event.type === "pull_request" && mayOnlyRead(event)) return;
  const own = measuringSection({ ...named2, sha: headOf(context), origin, workflow });
  const outcome = await writeCheck({
    client,
    ...placeIn(context),
    own: [toSection(own)],
    comment: null,
    hasty: true,
    onlyExisting: inputs.legs > 1,
    summary: formatHeading,
    annotations: []
  });
  log.debug(`check run: ${outcome.status}${outcome.status === "failed" ? `, ${outcome.reason}` : ""}`);
}
async function checkUnjudged(context, named2, error) {
  const { client, inputs, log, origin, workflow } = context;
  if (!inputs.check || client === null) return;
  const own = unjudgedSection({ ...named2, sha: headOf(context), origin, workflow }, error, context);
  const outcome = await written(context, {
    client,
    ...placeIn(context),
    own: [toSection(own)],
    comment: null,
    summary: (sections) => [formatHeading(sections), own.body].join("\n\n").trim(),
    annotations: []
  });
  if (outcome.status === "failed") log.warning(outcome.reason);
  else log.debug(`check run: ${outcome.status}`);
}
async function written(context, options2) {
  let late = { status: "failed", reason: "no time was left for the check run" };
  if (!context.signal.aborted) {
    const outcome = await writeCheck(options2);
    if (outcome.status !== "failed") return outcome;
    if (!context.signal.aborted) late = outcome;
  }
  const client = context.lastWords();
  if (client === null) return late;
  return Promise.race([
    writeCheck({ ...options2, client, hasty: true }),
    delay3(CANCELLED_MS2, late, { ref: false })
  ]);
}
async function check(context, request, input) {
  const { inputs, client, log, origin, workflow } = context;
  if (!inputs.check) return;
  if (client === null) {
    log.notice("There is no token, so there is no check run.");
    return;
  }
  const { report: report2, accepted } = input;
  const sha2 = headOf(context);
  const { series, title } = request;
  const own = toSection(
    reportSection({ series, title, sha: sha2, origin, workflow }, report2, accepted, input.ruling)
  );
  const outcome = await written(context, {
    client,
    ...placeIn(context),
    own: [own],
    comment: input.sections,
    summary: (sections) => [formatHeading(sections), withAcceptanceLines(formatShortSection(report2), accepted)].join("\n\n").trim(),
    annotations: input.annotations
  });
  if (outcome.status === "failed") log.warning(outcome.reason);
  else if (outcome.status === "written")
    log.info(
      `check run: ${outcome.conclusion ?? `in progress, not all of ${inputs.legs} jobs have reported yet (\`legs\`)`}`
    );
}
function headOf({ event, env }) {
  return event.type === "pull_request" || event.type === "merge_group" ? event.head.sha : env.GITHUB_SHA ?? "";
}
function placeIn(context) {
  const { repo, inputs, event, origin, sleep } = context;
  return {
    scope: event.type === "pull_request" ? String(event.number) : event.type,
    ...{ repo, sha: headOf(context), legs: inputs.legs, failOn: inputs.failOn },
    ...{ url: origin.url, sleep }
  };
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
  return results.flatMap(roundsOf).reduce((last, { block: block2 }) => Math.max(last, block2), -1);
}
function distinctBlocks({ scenarios }) {
  return Math.max(
    0,
    ...scenarios.map(({ outcome }) => new Set(outcome.rounds.map(({ block: block2 }) => block2)).size)
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
    path: context.workflow,
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
    return { status: "lost", reason: reason2 ?? "it left no result" };
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
import { readFile as readFile2, writeFile as writeFile2 } from "node:fs/promises";
import { join as join2, relative, resolve as resolve2 } from "node:path";

// src/config/lines.ts
function configLines(text3) {
  const { document } = parseSource(text3);
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

// src/action/publish.ts
async function publish(context, request, outcome, accepted, keep) {
  const { log, inputs } = context;
  const { report: report2, judged } = outcome;
  const { used } = accepted;
  const failures = [];
  if (keep !== null) {
    const lost = await storeBaseline(context, outcome, keep);
    if (lost !== null) failures.push(lost);
  }
  const paths = await writeFiles(context, outcome);
  const summary2 = await writeSummary(
    summary,
    withAcceptanceLines(formatSummary(report2), used),
    () => formatShortSection(report2)
  );
  if (summary2.status === "failed") log.warning(summary2.reason);
  const annotations = await annotationsOf(request, outcome);
  annotate(core_exports, annotations);
  failures.push(...whyItFails(context, outcome));
  if (inputs.uploadResult) await upload2(context, outcome);
  const ruling = ruleOn(shownVerdict(report2), inputs.failOn, { failed: failures.length > 0 });
  const { url: commentUrl, sections } = await comment(context, request, report2, accepted, ruling);
  await check(context, request, { report: report2, accepted: used, annotations, sections, ruling });
  try {
    setOutputs(core_exports, {
      verdict: judged.verdict,
      regressions: judged.comparisons.filter((row) => row.gating && row.verdict === "regressed").length,
      improvements: judged.comparisons.filter((row) => row.gating && row.verdict === "improved").length,
      ...paths,
      ...commentUrl !== null && { commentUrl },
      ...baselineSha(outcome)
    });
  } catch (error) {
    failures.push(`The outputs of this step could not be written: ${error.message}.`);
  }
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
async function writeFiles({ env, log }, { report: report2, result }) {
  const folder = env.RUNNER_TEMP || ".";
  const name = `perf-baseline-${report2.createdAt.replace(/\D/g, "")}`;
  const resultPath = join2(folder, `${name}.json`);
  const reportPath = join2(folder, `${name}.md`);
  try {
    await saveResult(result, resultPath);
    await writeFile2(reportPath, `${formatMarkdown(report2)}
`);
    return { resultPath, reportPath };
  } catch (error) {
    log.warning(`The report could not be written to ${folder}: ${error.message}`);
    return {};
  }
}
async function annotationsOf({ config: config2 }, { report: report2 }) {
  const file = config2.file === null ? null : relative(process.cwd(), resolve2(config2.file));
  const text3 = file === null ? "" : await readFile2(file, "utf8").catch(() => "");
  return reportAnnotations(report2, {
    file,
    lineOf: configLines(text3),
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
  const found2 = verdict === "regressed" ? "A metric regressed, or a limit is exceeded" : isUnlike(judged) ? "Nothing was compared, as the environments differ" : "The verdict is inconclusive";
  if (event.type === "push" && event.onDefaultBranch && !inputs.failOnExplicit) {
    log.warning(`${found2}. The baseline was stored all the same; set fail-on to fail on it.`);
    return [];
  }
  return [`${found2} (fail-on: ${inputs.failOn}).`];
}

// src/action/publish-cancelled.ts
import { access } from "node:fs/promises";
async function publishCancelled({ log }, title, resultPath) {
  const kept = resultPath !== null && await access(resultPath).then(
    () => true,
    () => false
  );
  const text3 = `### \u23F9\uFE0F Cancelled: ${title} was not measured to its end

Nothing was compared, and nothing was stored.`;
  await writeSummary(summary, text3, () => text3);
  log.warning(kept ? `Cancelled. What was measured until then is in ${resultPath}.` : "Cancelled.");
}

// src/action/reproduction.ts
import { relative as relative2, resolve as resolve3 } from "node:path";
function reproductionOf({ file, workingDirectory }, env, base) {
  if (file === null) return null;
  const directory = resolve3(workingDirectory);
  const config2 = relative2(directory, resolve3(file));
  return reproduction(programOf(env), { workingDirectory: relative2(process.cwd(), directory), config: config2 }, base);
}
function programOf({ GITHUB_ACTION_REPOSITORY: repository2, GITHUB_ACTION_REF: ref }) {
  if (!repository2) return "npx perf-baseline";
  return `npx ${shellWord(`github:${repository2}${ref ? `#${ref}` : ""}`)}`;
}

// src/action/measure.ts
async function measureAndPublish(context) {
  const { inputs, env } = context;
  const { key: series, title } = readSeries(inputs.series, env, {
    workingDirectory: inputs.workingDirectory,
    config: inputs.config
  });
  let resultPath = null;
  try {
    const { request, world } = await prepare(context, { series, title });
    resultPath = request.resultPath;
    const [announced] = await Promise.all([announce(context, request), beginCheck(context, request)]);
    const earlier = await readEarlierAttempt(context, request);
    const measured = withEarlier(request, await run(asBefore(request, earlier), world), earlier);
    const { outcome, accepted } = await withAccepted(context, request, measured, announced);
    const keep = updatesBaseline(context.event, inputs.updateBaseline) ? request.store : null;
    await publish(context, request, outcome, accepted, keep);
    const { event } = context;
    if (accepted.known !== null && event.type === "pull_request")
      await showChanged(context, { number: event.number, headSha: event.head.sha }, accepted.known);
  } catch (error) {
    if (context.signal.aborted) await publishCancelled(context, title, resultPath);
    const named2 = { series, title };
    await Promise.all([retract(context, named2, error), checkUnjudged(context, named2, error)]);
    throw error;
  }
}
function keepSecret(context, secrets) {
  context.secrets.push(...secrets);
  maskSecrets(core_exports, secrets);
}
async function prepare(context, named2) {
  const { inputs, log } = context;
  const config2 = await readConfig({
    file: inputs.config ?? void 0,
    start: inputs.start ?? void 0,
    url: inputs.url ?? void 0,
    workingDirectory: inputs.workingDirectory,
    conceal: true,
    env: context.env
  });
  keepSecret(context, config2.secrets);
  const store = openStore(context);
  if (store === null) log.warning("There is no token, so no baseline can be read: this run only measures.");
  const world = await makeWorld(context.signal, (event) => {
    const line = describeProgress(event);
    if (line !== null) log.info(line);
  });
  return { request: await requestOf(context, named2, config2, store, world), world };
}
async function withAccepted(context, request, outcome, { judgedBefore, acceptedBefore }) {
  const isAsked = acceptedBefore || judgedBefore && outcome.judged.verdict === "regressed";
  const known2 = isAsked ? await readAcceptances(context) : null;
  if (known2 === null) return { outcome, accepted: NOT_ASKED };
  const { judged, used } = withAcceptances(outcome.judged, outcome.result, known2);
  const accepted = { used, known: known2 };
  if (used.holding.length === 0) return { outcome, accepted };
  return { outcome: rejudged(request, outcome, outcome.result, judged, []), accepted };
}
async function requestOf(context, named2, config2, store, world) {
  const { inputs, env, origin, event } = context;
  const commit = await commitOf(config2.workingDirectory, context.signal);
  const found2 = await baseOf(context, config2.workingDirectory);
  return {
    config: config2,
    compare: inputs.compare,
    only: null,
    ...named2,
    commit: commit ?? { sha: env.GITHUB_SHA ?? "", dirty: false },
    origin,
    environment: await readEnvironment(),
    store,
    ancestors: () => ancestorsOf(context, found2.base?.sha ?? null),
    base: found2.base,
    noBase: found2.base === null ? found2.reason : "",
    resultPath: join3(world.workDir, "result.json"),
    onSecrets: (secrets) => keepSecret(context, secrets),
    reproduce: reproductionOf(config2, env, event.type === "pull_request" ? found2.base?.sha ?? null : null)
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
import { isDeepStrictEqual as isDeepStrictEqual2 } from "node:util";

// src/action/comment-key.ts
function keyHashFor({ env, inputs }, run2, own) {
  if ((env["INPUT_COMMENT-KEY"] ?? "").trim() !== "") return shortHash(inputs.commentKey);
  const usual = shortHash(run2.workflow);
  const workflow = workflowHash(run2.path);
  const keyed = own.flatMap(({ body }) => {
    const hash2 = keyOfBody(body);
    const sections = parseSections(body).filter(
      (section) => section.run.id === run2.id || section.run.workflow === workflow
    );
    return hash2 === void 0 ? [] : sections.map((section) => ({ hash: hash2, id: section.run.id }));
  });
  const ofRun = keyed.filter(({ id: id2 }) => id2 === run2.id);
  const hashes = (ofRun.length > 0 ? ofRun : keyed).map(({ hash: hash2 }) => hash2);
  return hashes.includes(usual) ? usual : hashes[0] ?? usual;
}
function sectionsIn(comments, keyHash) {
  return comments.filter(({ body }) => hasMarker(body, keyHash)).flatMap(({ body }) => parseSections(body));
}

// src/action/left-behind.ts
var isLeft = (section, run2) => section.state === "measuring" && section.run.id === run2.id && section.run.attempt <= run2.attempt;
var beingMeasured = (sha2) => `- \u23F3 ${code(sha2.slice(0, 7))}, the latest commit, is being measured`;
async function endLeftBehind(context, client, run2, pulls) {
  for (const pull of pulls) {
    const own = await explained("comment", () => listOwnComments(client, context.repo, pull.number));
    const waiting = own.filter(
      ({ body }) => body.includes(beingMeasured(run2.headSha)) || parseSections(body).some((section) => isLeft(section, run2))
    );
    for (const hash2 of new Set(waiting.flatMap(({ body }) => keyOfBody(body) ?? [])))
      await renderAgain(context, {
        ...{ pull, key: { hash: hash2 }, judged: [], create: false },
        revise: (section) => isLeft(section, run2) ? silenced(section, run2.url) : section
      });
  }
}

// src/action/silent-jobs.ts
var FINE = /* @__PURE__ */ new Set(["success", "skipped", "neutral", null]);
var MOST_LINES = 20;
async function findSilentJobs({ repo, log, event }, client, run2, { reported, left }) {
  const titles = /* @__PURE__ */ new Set([...reported.map(({ title }) => title), ...left]);
  if (titles.size === 0) return { lines: [], isMissing: false };
  const jobs = await listed2(async () => await listJobs(client, repo, run2.id), log);
  const names = (jobs ?? []).map(({ name }) => name);
  const bases = new Set([...titles].map(baseOf2));
  const ended = (jobs ?? []).filter(
    ({ name, conclusion }) => conclusion !== "success" && ![...titles].some((title) => isOf(title, name))
  );
  const legs = ended.filter(({ name }) => bases.has(baseOf2(name)));
  const telling2 = [...reported.filter(({ fails }) => fails).map(({ title }) => title), ...left];
  const isOwn = event.type === "workflow_run" && !mayOnlyRead(event);
  const isExplained = ({ name, attempt: attempt3 }) => (isOwn && attempt3 === 1 ? [...titles] : telling2).some((title) => isOf(title, name));
  const others = (jobs ?? []).filter(
    (job) => !FINE.has(job.conclusion) && !legs.includes(job) && !isExplained(job)
  );
  const explained2 = reported.filter(({ title, fails }) => fails && !names.some((name) => isOf(title, name))).length + left.filter((title) => !names.some((name) => isOf(title, name))).length;
  const unexplained = others.length > explained2 ? others : [];
  const isMissing = legs.some(({ conclusion }) => conclusion !== "skipped") || unexplained.length > 0;
  const lines = [
    ...legs.map(
      ({ name, conclusion }) => `- \u23F9\uFE0F ${code(name, 100)} did not report for this commit: ${conclusion ?? "no conclusion"}`
    ),
    ...unexplained.map(({ name, conclusion }) => {
      const why = [...titles].some((title) => isOf(title, name)) ? "and nothing that is known of it says why: something that it measures may be missing" : "and no result is known to be of it: if it measures, it did not report";
      return `- \u23F9\uFE0F ${code(name, 100)} ended with ${conclusion}, ${why}`;
    })
  ].slice(0, MOST_LINES);
  const isUnclear = !isMissing && !FINE.has(run2.conclusion) && (jobs === null || !jobs.some(({ conclusion }) => !FINE.has(conclusion)) && left.length === 0 && !reported.some(({ fails }) => fails));
  if (!isUnclear) return { lines, isMissing };
  const words = `- \u23F9\uFE0F The run ended with ${code(run2.conclusion ?? "", 30)}, and nothing that was reported explains it: a job may be missing here`;
  return { lines: [...lines, words], isMissing: true };
}
var isOf = (title, name) => title === name || title.startsWith(`${name} `) || title.endsWith("\u2026") && name.startsWith(title.slice(0, -1));
var baseOf2 = (title) => title.split(" (", 1)[0] ?? "";
async function listed2(ask, log) {
  try {
    return await ask();
  } catch (error) {
    log.warning(`${explain(error, "read-runs")}. Jobs that did not report are not listed`);
    return null;
  }
}

// src/action/publish-judged.ts
var WORST = ["failed", "regressed", "inconclusive", "improved", "unchanged", "new"];
var FINE2 = /* @__PURE__ */ new Set(["unchanged", "improved", "new", "inconclusive"]);
var UNUSABLE = "- \u26A0\uFE0F Not all that was uploaded for this commit could be used, so this is not all of it: the run that published it says why";
var ALL_UNUSABLE = "- \u{1F6D1} Nothing that was uploaded last for this commit could be used, so what is here is of before: the run that published it says why";
async function publishJudged(context, client, publication) {
  const { run: run2, judged, lines } = publication;
  const silent = await findSilentJobs(context, client, run2, reportedJobs(publication, context.inputs.failOn));
  const url = await comment2(context, publication, silent);
  if (judged.length === 0 && lines.length === 0)
    context.log.info(`Run ${run2.id} has nothing left to publish: it reported itself, or uploaded no result.`);
  for (const one of judged)
    context.log.info(
      `${plain(one.title)}: ${shownVerdict(one.report)}${url === null ? ", not commented" : `; the comment is ${url}`}`
    );
  await tellMaintainer(context, [...lines, ...judged.flatMap(claimNote)], judged);
  if (judged.length > 0) writeOutputs(judged, url);
}
var jobSections = ({ standing }) => standing.filter((section) => !isOfRun(section));
function reportedJobs(publication, failOn) {
  const { run: run2, judged } = publication;
  const failing = /* @__PURE__ */ new Set(["failed", "regressed"]);
  if (failOn === "inconclusive") failing.add("inconclusive");
  const standing = jobSections(publication);
  return {
    reported: [
      ...standing.filter((section) => section.run.id === run2.id && !isLeft(section, run2)).map(({ title, verdict, ruling }) => ({
        title,
        fails: ruling === void 0 ? !FINE2.has(verdict) : ruling.conclusion === "failure"
      })),
      ...judged.map(({ title, unaccepted, stored: { claimed } }) => ({
        title,
        fails: failing.has(unaccepted.verdict) || failing.has(claimed ?? "")
      }))
    ],
    left: standing.filter((section) => isLeft(section, run2)).map(({ title }) => title)
  };
}
async function comment2(context, publication, silent) {
  const { run: run2, pull, keyHash, judged, acceptances, lines, isTrusted, unusable } = publication;
  const standing = jobSections(publication);
  const lapse = lapsing(acceptances, pull.headSha);
  const lapsed = standing.some((section) => lapse(section) !== section);
  const isStale = standing.some(({ sha: sha2 }) => sha2 !== pull.headSha.slice(0, 12));
  const isOvertaken = standing.some(
    (section) => section.run.workflow === workflowHash(run2.path) && section.run.id > run2.id
  );
  const isRefused = unusable && judged.length === 0 && !isTrusted && !isOvertaken;
  const isToldBefore = publication.standing.some((section) => isOfRun(section) && section.run.id === run2.id);
  const isAnyLeft = standing.some((section) => isLeft(section, run2));
  const hasNews = judged.length > 0 || isAnyLeft || silent.lines.length > 0 || isStale || isRefused || lapsed;
  if (!hasNews && !isToldBefore && !context.inputs.check) return null;
  const alert = judged.some(({ judged: { verdict } }) => ALERTS.has(verdict));
  const isMissing = unusable || silent.isMissing;
  const remarks = [...silent.lines, ...unusable ? [isRefused ? ALL_UNUSABLE : UNUSABLE] : []];
  const { url } = await renderAgain(context, {
    pull,
    key: { hash: keyHash },
    judged,
    // A run of the repository itself may have been told to comment on alerts only.
    create: pull.state === "open" && judged.length > 0 && (alert || context.inputs.comment === "auto" && !isTrusted),
    revise: (section) => isLeft(section, run2) ? silenced(section, run2.url) : lapse(section),
    word: {
      run: run2,
      conclusion: isRefused ? "failure" : isMissing ? "cancelled" : "success",
      lines: isMissing ? remarks : [],
      reasons: lines,
      silent: !isMissing && !isToldBefore
    },
    // What is no fault is said once.
    remarks: isMissing ? [] : remarks
  });
  return url;
}
function claimNote({ stored: { claimed }, title, judged: { verdict } }) {
  if (claimed === void 0 || claimed === verdict) return [];
  const word = WORST.find((one) => one === claimed) ?? "something that is no verdict";
  return [`The result of ${title} says ${word} of itself; judged anew it is ${verdict}`];
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

// src/action/publish-run.ts
async function publishRun(context, event) {
  const { run: run2 } = event;
  const client = requireClient(context, "publishing a result");
  const isCheckOver = context.inputs.check && event.action === "completed";
  if (run2.event !== "pull_request") {
    context.log.info(`Run ${run2.id} is of ${run2.event}, not of a pull request: nothing to publish.`);
    if (isCheckOver) await settleCheck(context, client, run2.headSha);
    return;
  }
  const found2 = await findPlace2(context, client, event);
  if (event.action === "completed") await endLeftBehind(context, client, run2, found2.others);
  if ("reason" in found2) {
    if (isCheckOver) await settleCheck(context, client, run2.headSha);
    await tellMaintainer(context, [`Run ${run2.id} is not published: ${found2.reason}`], []);
    return;
  }
  if (event.action !== "completed") {
    await announceRun(context, found2);
    return;
  }
  const isTrusted = !mayOnlyRead(event) && !found2.pull.fork;
  const { unread, refused, judged, acceptances, now } = await judgeStored(context, client, event, {
    found: found2,
    isTrusted
  });
  const lines = [
    ...refused.map((reason2) => `Refused: ${reason2}`),
    ...unread.map((reason2) => `Not published: ${reason2}`),
    ...judged.flatMap(({ title, lacking: lacking2 }) => lacking2.map(({ sentence }) => `${title}: ${sentence}`))
  ];
  if ("reason" in now) {
    await endLeftBehind(context, client, run2, now.others);
    if (isCheckOver) await settleCheck(context, client, run2.headSha);
    await tellMaintainer(context, [...lines, `Run ${run2.id} is not published: ${now.reason}`], []);
    return;
  }
  const { pull, keyHash, standing } = now;
  const unusable = refused.length + unread.length > 0;
  await publishJudged(context, client, {
    run: run2,
    pull,
    keyHash,
    standing,
    judged,
    acceptances,
    lines,
    isTrusted,
    unusable
  });
  await showChanged(context, pull, acceptances);
  const broken = new Set(judged.flatMap((one) => brokenBaseline(one.judged) ?? []));
  const again = [...unread, ...broken];
  if (again.length > 0) setFailed([...again, "Run this job again."].join("\n"));
}
var MOST_LOOKS2 = 3;
async function judgeStored(context, client, event, { found: found2, isTrusted }) {
  const { run: run2 } = event;
  const workflow = posix4.basename(run2.path);
  const isReported = (series, attempt3) => isTrusted && found2.standing.some(
    (section) => series.startsWith(section.series) && section.state === "final" && section.run.id === run2.id && section.run.attempt >= attempt3
  );
  const { artifacts } = artifactPorts(context, workflow);
  const { unread, ...stored } = await readStoredResults(artifacts, run2, { skip: isReported });
  const store = openStore(context, workflow);
  if (store === null) throw new Error("a token opens a store");
  const ancestors = once(() => listAncestors(client, context.repo, found2.pull.baseSha, context.log));
  const trust = trustIn(context, run2, found2.pull, isTrusted);
  let acceptances = acceptedIn(found2.own, run2.headSha);
  for (let looks = 1; ; looks++) {
    const refused = [...stored.refused];
    const judged = [];
    for (const result of stored.results) {
      const one = await judgeAgain(result, { context, store, ancestors, acceptances, ...trust(result) });
      if ("refused" in one) refused.push(one.refused);
      else judged.push(one);
    }
    const now = await findPlace2(context, client, event);
    const holds2 = "reason" in now || looks === MOST_LOOKS2 ? acceptances : acceptedIn(now.own, run2.headSha);
    if (isDeepStrictEqual2(holds2, acceptances)) return { judged, refused, unread, acceptances, now };
    acceptances = holds2;
  }
}
async function findPlace2(context, client, event) {
  const { repo } = context;
  const latest = await explained("read-runs", () => readRun(client, repo, event.run.id));
  if (latest.attempt > event.run.attempt)
    return {
      reason: `it is at attempt ${latest.attempt} by now, and this is attempt ${event.run.attempt}`,
      others: []
    };
  const found2 = await explained("read-pull-request", () => findPullRequest(client, repo, event));
  const pull = found2.status === "found" ? found2.pullRequest : found2.closed;
  const own = pull && await explained("comment", () => listOwnComments(client, repo, pull.number));
  const keyHash = keyHashFor(context, event.run, own ?? []);
  const standing = sectionsIn(own ?? [], keyHash);
  const { others } = found2;
  if (found2.status === "none" && standing.length === 0) return { reason: found2.reason, others };
  if (pull === void 0 || own === void 0) throw new Error("what stands in a comment has a pull request");
  return { pull, own, keyHash, standing, isOver: latest.status === "completed", others };
}
async function announceRun(context, { pull, keyHash, standing, isOver: isOver2 }) {
  const head = pull.headSha.slice(0, 12);
  if (pull.state === "closed" || standing.length === 0 || standing.some(({ sha: sha2 }) => sha2 === head)) return;
  if (isOver2) return;
  const remarks = [beingMeasured(head)];
  await renderAgain(context, { pull, key: { hash: keyHash }, judged: [], create: false, remarks });
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
