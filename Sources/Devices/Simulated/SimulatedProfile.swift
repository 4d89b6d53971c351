internal import Wire

extension DeviceCollection {
    /// The devices of the demonstration profile, with the names that examples and clients expect.
    ///
    /// - Throws: ``DeviceConfigurationError`` never, as long as the table below is right.
    public static func simulated() throws -> DeviceCollection {
        var devices = DeviceCollection()
        for (name, className, parameters) in simulatedProfile {
            let device = try DeviceFactory.simulated.make(
                name,
                className: className,
                parameters: parameters,
                devices: devices
            )
            devices.add(device, as: name)
        }
        return devices
    }
}

/// Name in the profile, class and parameters of each device; a device comes after those that it refers to.
private let simulatedProfile: [(String, String, JSONObject)] = [
    ("motor", "SynAxis", [:]),
    ("motor1", "SynAxis", [:]),
    ("motor2", "SynAxis", [:]),
    ("motor3", "SynAxis", [:]),
    ("jittery_motor1", "SynAxis", ["noise": 1]),
    ("jittery_motor2", "SynAxis", ["noise": 1]),
    ("motor_no_pos", "SynAxisNoPosition", ["name": "motor"]),
    ("motor_empty_hints1", "SynAxisEmptyHints", ["name": "motor1"]),
    ("motor_empty_hints2", "SynAxisEmptyHints", ["name": "motor2"]),
    ("motor_no_hints1", "SynAxisNoHints", ["name": "motor1"]),
    ("motor_no_hints2", "SynAxisNoHints", ["name": "motor2"]),
    (
        "noisy_det", "SynGauss",
        ["motor": "motor", "center": 0, "Imax": 1, "sigma": 1, "noise": "uniform", "noise_multiplier": 0.1]
    ),
    ("det", "SynGauss", ["motor": "motor", "center": 0, "Imax": 1, "sigma": 1]),
    ("identical_det", "SynGauss", ["name": "det", "motor": "motor", "center": 0, "Imax": 1, "sigma": 1]),
    ("det1", "SynGauss", ["motor": "motor1", "center": 0, "Imax": 5, "sigma": 0.5]),
    ("det2", "SynGauss", ["motor": "motor2", "center": 1, "Imax": 2, "sigma": 2]),
    ("det3", "SynGauss", ["motor": "motor3", "center": -1, "Imax": 2, "sigma": 1]),
    ("det4", "Syn2DGauss", ["motor0": "motor1", "motor1": "motor2", "center": [0, 0], "Imax": 1]),
    ("det5", "Syn2DGauss", ["motor0": "jittery_motor1", "motor1": "jittery_motor2", "center": [0, 0], "Imax": 1]),
    ("ab_det", "ABDetector", ["name": "det"]),
    ("det_with_conf", "DetWithConf", ["name": "det"]),
    ("det_with_count_time", "DetWithCountTime", ["name": "det"]),
    ("direct_img", "DirectImage", ["name": "direct", "field": "img"]),
    ("direct_img_list", "DirectImage", ["name": "direct", "field": "direct_img_list"]),
    ("invariant1", "InvariantSignal", [:]),
    ("invariant2", "InvariantSignal", [:]),
    ("rand", "SynPeriodicSignal", [:]),
    ("rand2", "SynPeriodicSignal", [:]),
    ("sig", "Signal", ["value": 0]),
    ("bool_sig", "Signal", ["value": false]),
    ("signal", "SynSignal", [:]),
    ("custom_test_device", "Device", [:]),
    ("custom_test_signal", "Signal", [:]),
    ("flyer1", "MockFlyer", ["detector": "det", "motor": "motor", "start": 1, "stop": 5, "num": 20]),
    ("flyer2", "MockFlyer", ["detector": "det", "motor": "motor", "start": 1, "stop": 5, "num": 10]),
    ("trivial_flyer", "TrivialFlyer", [:]),
    ("new_trivial_flyer", "NewTrivialFlyer", [:]),
    ("custom_test_flyer", "MockFlyer", ["detector": "det", "motor": "motor", "start": 1, "stop": 5, "num": 20]),
    ("img", "SynSignalWithRegistry", [:]),
    ("pseudo1x3", "SPseudo1x3", [:]),
    ("pseudo3x3", "SPseudo3x3", [:]),
    ("sim_bundle_A", "SimBundle", ["motor_A": "motor1", "motor_B": "motor2"]),
    ("sim_bundle_B", "SimBundle", ["motor_A": "motor1", "motor_B": "motor2"]),
]
