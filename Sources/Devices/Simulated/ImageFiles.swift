internal import Glibc
internal import RunEngine
internal import Wire

/// A new folder for temporary files.
///
/// - Throws: `DeviceError` if it cannot be made.
func makeImageDirectory(for device: any Device) throws -> String {
    var template = Array("/tmp/images-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
        throw DeviceError(device, "no folder for images could be made in /tmp: \(String(cString: strerror(errno)))")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Writes an image file.
///
/// - Throws: `DeviceError` if it cannot be written.
func writeImage(_ bytes: [UInt8], to path: String, for device: any Device) throws {
    let failed = {
        DeviceError(device, "'\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
    guard let file = fopen(path, "w") else { throw failed() }
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count else { throw failed() }
}

/// A list of rows of numbers in numpy's file format, as 64-bit floating-point numbers; nil if it is none.
func numpyFile(_ image: JSONValue) -> [UInt8]? {
    guard let rows = image.array, let width = rows.first?.array?.count else { return nil }
    var data: [UInt8] = []
    data.reserveCapacity(rows.count * width * 8)
    for row in rows {
        guard let numbers = row.array?.compactMap(\.number), numbers.count == width else { return nil }
        for number in numbers {
            withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
    }
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows.count), \(width)), }"
    // The whole header fills blocks of 64 bytes and ends with a line feed.
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    let length = UInt16(header.utf8.count)
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
    return magic + Array(header.utf8) + data
}

/// A grey image in the TIFF format, not compressed; row by row from the top, 16 bits for each pixel.
func tiffFile(_ pixels: [UInt16], width: Int) -> [UInt8] {
    let length = pixels.count * 2
    // Tag, type (3: 16 bits, 4: 32 bits) and value of each entry, in the order of the tags, which the format requires.
    let entries: [(tag: UInt16, type: UInt16, value: Int)] = [
        (256, 4, width), (257, 4, width > 0 ? pixels.count / width : 0),  // size
        (258, 3, 16), (259, 3, 1), (262, 3, 1),  // bits, no compression, black is zero
        (273, 4, 8), (277, 3, 1),  // where the pixels begin, one sample for each
        (278, 4, width > 0 ? pixels.count / width : 0), (279, 4, length),  // all rows in one strip
    ]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + length + 2 + entries.count * 12 + 4)
    bytes += [0x49, 0x49, 42, 0]
    bytes.append(littleEndian: UInt32(8 + length))
    for pixel in pixels { bytes.append(littleEndian: pixel) }
    bytes.append(littleEndian: UInt16(entries.count))
    for entry in entries {
        bytes.append(littleEndian: entry.tag)
        bytes.append(littleEndian: entry.type)
        bytes.append(littleEndian: UInt32(1))
        bytes.append(littleEndian: UInt32(entry.value))
    }
    bytes.append(littleEndian: UInt32(0))
    return bytes
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
