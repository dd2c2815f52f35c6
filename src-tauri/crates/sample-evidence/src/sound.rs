//! WAV: soft tones in the place of a call recording.

use super::Error;
use super::recipe::Sound;
use hound::{SampleFormat, WavSpec, WavWriter};
use std::io::Cursor;

/// What telephone systems record with.
const SAMPLES_PER_SECOND: u32 = 8000;
/// A quarter of full scale: a sample must not startle anybody.
const LOUDNESS: i32 = 8000;
/// One turn of the phase, in steps.
const TURN: u64 = 1 << 16;

/// Writes mono, 16 bits.
pub(super) fn write(sound: &Sound) -> Result<Vec<u8>, Error> {
    let fail = |e: hound::Error| Error::file(&sound.file, &e);
    let spec =
        WavSpec { channels: 1, sample_rate: SAMPLES_PER_SECOND, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut bytes, spec).map_err(fail)?;
    for [hertz, millis] in &sound.notes {
        let length = millis * SAMPLES_PER_SECOND / 1000;
        for n in 0..length {
            writer.write_sample(sample(*hertz, n, length)).map_err(fail)?;
        }
    }
    writer.finalize().map_err(fail)?;
    Ok(bytes.into_inner())
}

/// Whole numbers only: `sin` may differ in the last bit between platforms, and the files must not.
fn sample(hertz: u32, n: u32, length: u32) -> i16 {
    if hertz == 0 {
        return 0;
    }
    let phase = u64::from(n) * u64::from(hertz) * TURN / u64::from(SAMPLES_PER_SECOND) % TURN;
    let (half, sign) = if phase < TURN / 2 { (phase, 1) } else { (phase - TURN / 2, -1) };
    // A parabola over half a turn is close enough to a sine to sound soft.
    let x = i64::try_from(half).unwrap_or(0);
    let h = 1_i64 << 15;
    let wave = i32::try_from(4 * x * (h - x) * i64::from(LOUDNESS) / (h * h)).unwrap_or(0);
    // Fading in and out over 20 ms avoids clicks.
    let edge = n.min(length - n).min(160);
    i16::try_from(sign * wave * i32::try_from(edge).unwrap_or(0) / 160).unwrap_or(0)
}
