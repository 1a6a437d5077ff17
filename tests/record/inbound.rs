//! What comes back from the national check is known before it is read.

use optout::record::NhsNumberError;
use optout::record::national::inbound::Unrecognised;
use optout::record::national::{Inbound, InboundControl, classify};

use crate::mesh::{ACKNOWLEDGEMENT, answered, control};

#[test]
fn each_inbound_file_is_known_before_it_is_read() {
    let report = InboundControl::parse(
        "<DTSControl><MessageType>Report</MessageType><LocalId>trust-0001</LocalId>\
         <StatusRecord><Event>COLLECT</Event><Status>SUCCESS</Status></StatusRecord></DTSControl>",
    )
    .unwrap();
    let list = b"9434765919,\n";
    assert_eq!(
        classify(list, Some(&report)),
        Inbound::TransportReport { event: "COLLECT SUCCESS".into(), failed: false }
    );
    let failed = InboundControl { status: Some("ERROR".into()), ..answered("trust-0001") };
    let other = InboundControl { message_type: Some("Invoice".into()), ..answered("trust-0001") };
    let unrecognised = Inbound::Unrecognised;
    assert_eq!(classify(list, Some(&failed)), unrecognised(Unrecognised::NotTransferred));
    assert_eq!(classify(list, Some(&other)), unrecognised(Unrecognised::MessageType));

    assert_eq!(
        classify(ACKNOWLEDGEMENT.as_bytes(), Some(&answered("trust-0001"))),
        Inbound::JobCreated {
            status: Some("pending".into()),
            local_id: Some("trust-0001".into()),
            failed: vec![],
        }
    );
    let refused = ACKNOWLEDGEMENT.replacen("true", "false", 1);
    assert!(matches!(
        classify(refused.as_bytes(), None),
        Inbound::JobCreated { failed, .. } if failed == ["validate_non_empty_file"]
    ));
    assert_eq!(
        classify(b"The file contains one or more invalid NHS Numbers.\r\n", None),
        Inbound::ErrorText { text: "The file contains one or more invalid NHS Numbers.".into() }
    );
    assert_eq!(
        classify(b"NHS Number 9434765919 is invalid", None),
        Inbound::ErrorText { text: "NHS Number ########## is invalid".into() }
    );
    // A row of somebody, which no service sends.
    assert_eq!(
        classify("Smith,Zoë,9434765919,1970-01-01".as_bytes(), None),
        Inbound::Unrecognised(Unrecognised::NotText)
    );
    assert_eq!(
        classify(b"Smith,Ann,9434765919,1970-01-01", None),
        Inbound::ErrorText { text: "…,…,##########,####-##-##".into() }
    );
    for list in [
        "9434765919,\n9000962382,\n",
        "9434765919,\r\n",
        "9434765919",
        "\n\n9434765919 , \n",
        "9434765919\r\n",
        "\"9434765919\",\n",
    ] {
        assert_eq!(classify(list.as_bytes(), Some(&answered("x"))), Inbound::CleanedList, "{list}");
    }
    for empty in ["", "\n", "\r\n\r\n", "   \n"] {
        assert_eq!(classify(empty.as_bytes(), None), Inbound::EmptyList);
    }
    for (bytes, why) in [
        (&b"{}"[..], Unrecognised::Json),
        (b"[9434765919]", Unrecognised::Json),
        (b"{\"id\": 1, \"stages\":", Unrecognised::Json),
        (b"nhs_number\n9434765919,\n", Unrecognised::Text),
        (b"<html>\n<body>503</body></html>", Unrecognised::Text),
        (b"\xEF\xBB\xBF9434765919,\n", Unrecognised::NotText),
        (b"\xFF\xFE9\x004\x00", Unrecognised::NotText),
        (b"PK\x03\x04", Unrecognised::NotText),
        (b"\x1F\x8B", Unrecognised::NotText),
        ("９４３４７６５９１９,\n".as_bytes(), Unrecognised::NotText),
        (b"9434765918,\n", Unrecognised::NotAnNhsNumber(NhsNumberError::CheckDigit)),
        (b"0000000000,\n", Unrecognised::NotAnNhsNumber(NhsNumberError::Placeholder)),
        (b"9434765919,1\n", Unrecognised::MoreThanANumber),
        (b",\n", Unrecognised::NotAnNhsNumber(NhsNumberError::Empty)),
    ] {
        assert_eq!(classify(bytes, None), unrecognised(why), "{bytes:?}");
    }
}

#[test]
fn an_inbound_control_file_is_read_strictly() {
    let read = InboundControl::parse(&control().to_string()).unwrap();
    assert_eq!(read.local_id.as_deref(), Some("trust-0001"));
    assert!(InboundControl::parse("<dtsControl><LocalId>a</LocalId></dtsControl>").is_ok());
    for wrong in [
        "",
        "LocalId=a",
        "<Control/>",
        "<DTSControl>",
        "<DTSControl><LocalId>a</LocalId><LocalId>b</LocalId></DTSControl>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><DTSControl><LocalId>&b;</LocalId></DTSControl>",
    ] {
        assert!(InboundControl::parse(wrong).is_err(), "{wrong}");
    }
}
