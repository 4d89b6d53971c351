public import RunEngine

/// One of the two motors of a spiral: the middle of its range and how wide the range is.
public struct SpiralAxis: Sendable {
    /// The motor.
    public let motor: any Positioner
    /// The middle of the spiral.
    public let center: Double
    /// How wide the area is, half of it on each side.
    public let range: Double

    /// A motor of a spiral.
    public init(_ motor: any Positioner, center: Double = 0, range: Double) {
        self.motor = motor
        self.center = center
        self.range = range
    }
}

/// Rings, each with more points than the one within it.
public struct SpiralShape: Sendable {
    /// The motor that goes to and fro.
    public let x: SpiralAxis
    /// The other motor.
    public let y: SpiralAxis
    /// The distance between rings, along x.
    public let dr: Double
    /// The number of points on the first ring.
    public let nth: Double
    /// The distance between rings along y; as along x if nil.
    public let drY: Double?
    /// By which angle the area leans, in radians.
    public let tilt: Double

    /// A spiral of rings.
    public init(x: SpiralAxis, y: SpiralAxis, dr: Double, nth: Double, drY: Double? = nil, tilt: Double = 0) {
        self.x = x
        self.y = y
        self.dr = dr
        self.nth = nth
        self.drY = drY
        self.tilt = tilt
    }
}

/// Points that fill the area evenly, as the seeds of a sunflower do.
public struct FermatSpiralShape: Sendable {
    /// The motor that goes to and fro.
    public let x: SpiralAxis
    /// The other motor.
    public let y: SpiralAxis
    /// The distance scale, along x.
    public let dr: Double
    /// By what the distances are divided.
    public let factor: Double
    /// The distance scale along y; as along x if nil.
    public let drY: Double?
    /// By which angle the area leans, in radians.
    public let tilt: Double

    /// A Fermat spiral.
    public init(x: SpiralAxis, y: SpiralAxis, dr: Double, factor: Double, drY: Double? = nil, tilt: Double = 0) {
        self.x = x
        self.y = y
        self.dr = dr
        self.factor = factor
        self.drY = drY
        self.tilt = tilt
    }
}

/// The points of a grid, from the middle outwards.
public struct SquareSpiralShape: Sendable {
    /// The motor that goes to and fro.
    public let x: SpiralAxis
    /// The other motor.
    public let y: SpiralAxis
    /// The number of positions of the first motor.
    public let xNum: Int
    /// The number of positions of the second motor.
    public let yNum: Int

    /// A square spiral.
    public init(x: SpiralAxis, y: SpiralAxis, xNum: Int, yNum: Int) {
        self.x = x
        self.y = y
        self.xNum = xNum
        self.yNum = yNum
    }
}
